import { signaturesOf } from "./packages.ts";
import type { Signature } from "./signature.ts";

/** Packages of github.com/awslabs/mcp. */
export const awslabs: readonly Signature[] = signaturesOf({
  id: "awslabs",
  name: "AWS Labs",
  cloud: "aws",
  source: "https://github.com/awslabs/mcp/tree/main/src/",
  packages: [
    {
      package: "amazon-bedrock-agentcore-mcp-server",
      tools:
        "gateway_create gateway_update gateway_delete gateway_resource_policy_put search_agentcore_docs",
    },
    { package: "amazon-kendra-index-mcp-server", tools: "KendraListIndexesTool KendraQueryTool" },
    {
      package: "amazon-keyspaces-mcp-server",
      tools: "listKeyspaces listTables describeKeyspace describeTable executeQuery",
    },
    {
      package: "amazon-mq-mcp-server",
      tools:
        "rabbitmq_broker_delete_queue rabbitmq_broker_delete_exchange create_broker create_configuration rabbimq_broker_initialize_connection",
    },
    {
      package: "amazon-neptune-mcp-server",
      tools: "run_opencypher_query run_gremlin_query get_graph_status get_graph_schema",
    },
    {
      package: "amazon-qbusiness-anonymous-mcp-server",
      tools: "QBusinessQueryTool",
      exact: true,
      manages: false,
    },
    {
      package: "amazon-qindex-mcp-server",
      tools:
        "CreateTokenWithIAM AuthorizeQIndex AssumeRoleWithIdentityContext SearchRelevantContent",
    },
    { package: "amazon-sns-sqs-mcp-server", tools: "create_topic create_queue" },
    {
      package: "amazon-translate-mcp-server",
      tools:
        "create_terminology managed_batch_translation_workflow translate_text detect_language validate_translation",
    },
    {
      package: "aurora-dsql-mcp-server",
      tools: "readonly_query transact get_schema dsql_search_documentation dsql_read_documentation",
    },
    {
      package: "aws-appsync-mcp-server",
      tools: "create_api create_api_cache create_api_key create_channel_namespace",
    },
    {
      package: "aws-dataprocessing-mcp-server",
      tools:
        "manage_aws_athena_data_catalogs manage_aws_athena_databases_and_tables manage_aws_athena_query_executions manage_aws_athena_named_queries get_roles_for_service",
    },
    {
      package: "aws-documentation-mcp-server",
      tools: "read_documentation read_sections search_table search_documentation recommend",
      manages: false,
    },
    {
      package: "aws-for-sap-management-mcp-server",
      tools:
        "delete_schedule update_schedule_state list_applications get_application get_component",
    },
    {
      package: "aws-healthomics-mcp-server",
      tools: "CreateAHOWorkflow CreateAHOWorkflowVersion StartAHORun ListAHORuns ListAHOWorkflows",
    },
    {
      package: "aws-iac-mcp-server",
      tools:
        "troubleshoot_cloudformation_deployment get_cloudformation_pre_deploy_validation_instructions validate_cloudformation_template check_cloudformation_template_compliance search_cdk_documentation",
      manages: false,
    },
    {
      package: "aws-location-mcp-server",
      tools: "search_places get_place reverse_geocode geocode search_nearby",
    },
    {
      package: "aws-pricing-mcp-server",
      tools:
        "analyze_cdk_project analyze_terraform_project get_pricing get_bedrock_patterns generate_cost_report",
      manages: false,
    },
    {
      package: "aws-serverless-mcp-server",
      tools:
        "deploy_serverless_app_help esm_deployment_precheck sam_deploy deploy_webapp esm_kafka_troubleshoot",
    },
    {
      package: "aws-support-mcp-server",
      tools:
        "create_support_case describe_create_case_options add_attachments_to_set describe_attachment describe_support_cases",
    },
    { package: "bedrock-kb-retrieval-mcp-server", tools: "ListKnowledgeBases QueryKnowledgeBases" },
    {
      package: "billing-cost-management-mcp-server",
      tools:
        "compute-optimizer-automation compute-optimizer aws-pricing bcm-pricing-calc list-billing-groups",
    },
    {
      package: "ccapi-mcp-server",
      tools:
        "update_resource create_resource delete_resource run_checkov get_resource_schema_information",
    },
    {
      package: "cloudtrail-mcp-server",
      tools: "lookup_events lake_query get_query_status get_query_results list_event_data_stores",
    },
    {
      package: "cloudwatch-applicationsignals-mcp-server",
      tools:
        "create_instrumentation delete_instrumentation batch_delete_instrumentations_by_scope batch_delete_instrumentations_by_arns list_instrumentations",
    },
    {
      package: "cloudwatch-mcp-server",
      tools:
        "get_active_alarms get_alarm_history describe_log_groups analyze_log_group execute_log_insights_query",
    },
    {
      package: "document-loader-mcp-server",
      tools: "read_document read_image extract_slides_as_images",
      manages: false,
    },
    {
      package: "documentdb-mcp-server",
      tools: "update delete createCollection connect disconnect",
    },
    {
      package: "dynamodb-mcp-server",
      tools:
        "compute_performances_and_costs dynamodb_data_modeling dynamodb_data_model_schema_converter dynamodb_data_model_schema_validator source_db_analyzer",
      manages: false,
    },
    {
      package: "ecs-mcp-server",
      tools:
        "delete_ecs_infrastructure get_deployment_status delete_app create_ecs_infrastructure containerize_app",
    },
    {
      package: "eks-mcp-server",
      tools:
        "manage_eks_stacks manage_k8s_resource get_cloudwatch_logs get_cloudwatch_metrics get_eks_metrics_guidance",
    },
    {
      package: "elasticache-mcp-server",
      tools:
        "create-jump-host-cache-cluster create-cache-cluster delete-cache-cluster create-log-group connect-jump-host-cache-cluster",
    },
    {
      package: "finch-mcp-server",
      tools: "finch_create_ecr_repo finch_build_container_image finch_push_image",
      manages: false,
    },
    {
      package: "healthimaging-mcp-server",
      tools:
        "create_datastore delete_datastore update_image_set_metadata delete_image_set get_datastore",
    },
    {
      package: "iam-mcp-server",
      tools: "create_user delete_user create_role get_managed_policy_document list_policies",
    },
    { package: "lambda-tool-mcp-server", tools: "lambda_function", exact: true },
    {
      package: "memcached-mcp-server",
      tools: "cache_delete cache_delete_many cache_delete_multi cache_get cache_gets",
      manages: false,
    },
    {
      package: "mssql-mcp-server",
      tools:
        "run_query get_table_schema connect_to_database is_database_connected get_database_connection_info",
      manages: false,
    },
    {
      package: "mysql-mcp-server",
      tools:
        "run_query get_table_schema connect_to_database is_database_connected get_database_connection_info create_cluster get_job_status",
    },
    {
      package: "oracle-mcp-server",
      tools:
        "run_query get_table_schema connect_to_database is_database_connected get_database_connection_info",
      manages: false,
    },
    {
      package: "postgres-mcp-server",
      tools:
        "run_query get_table_schema connect_to_database is_database_connected get_database_connection_info create_cluster get_job_status",
    },
    {
      package: "prometheus-mcp-server",
      tools: "ExecuteQuery ExecuteRangeQuery ListMetrics GetServerInfo GetAvailableWorkspaces",
      manages: false,
    },
    {
      package: "redshift-mcp-server",
      tools: "list_clusters list_schemas list_columns execute_query review_cluster",
    },
    {
      package: "roda-mcp-server",
      tools:
        "search_datasets list_datasets get_dataset_details discover_by_organization discover_by_license",
      manages: false,
    },
    {
      package: "s3-tables-mcp-server",
      tools:
        "create_table_bucket create_namespace create_table update_table_metadata_location list_table_buckets",
    },
    {
      package: "sagemaker-ai-mcp-server",
      tools:
        "update_hp_cluster manage_hyperpod_cluster_nodes manage_hyperpod_stacks describe_hp_cluster",
    },
    {
      package: "security-agent-mcp-server",
      tools: "setup_check setup start_security_scan start_diff_scan start_threat_model_review",
    },
    { package: "stepfunctions-tool-mcp-server", tools: "state_machine_function", exact: true },
    {
      package: "timestream-for-influxdb-mcp-server",
      tools:
        "CreateDbCluster CreateDbInstance DeleteDbInstance DeleteDbCluster LsInstancesOfCluster",
    },
    {
      package: "valkey-mcp-server",
      tools: "manage_index json_get json_set json_arrappend json_arrpop",
      manages: false,
    },
    {
      package: "well-architected-security-mcp-server",
      tools:
        "CheckSecurityServices GetSecurityFindings GetStoredSecurityContext CheckStorageEncryption ListServicesInRegion",
    },
  ],
});
