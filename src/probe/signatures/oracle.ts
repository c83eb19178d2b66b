import { signaturesOf } from "./packages.ts";
import type { Signature } from "./signature.ts";

/** Packages of github.com/oracle/mcp. */
export const oracle: readonly Signature[] = signaturesOf({
  id: "oracle",
  name: "Oracle",
  cloud: "oci",
  source: "https://github.com/oracle/mcp/tree/main/src/",
  packages: [
    {
      package: "dbtools-mcp-server",
      tools:
        "create_report delete_report get_compartment_by_name_tool list_all_databases list_dbtools_connection_tool",
    },
    {
      package: "mysql-mcp-server",
      tools:
        "execute_sql_tool_by_connection_id ml_generate list_vector_store_files_local load_vector_store_local load_vector_store_oci",
    },
    { package: "oci-api-mcp-server", tools: "run_oci_command get_oci_command_help" },
    {
      package: "oci-cloud-guard-mcp-server",
      tools: "update_problem_status list_problems get_problem_details",
    },
    {
      package: "oci-cloud-mcp-server",
      tools:
        "find_oci_api describe_oci_operation invoke_oci_api list_client_operations list_oci_clients",
    },
    {
      package: "oci-compute-instance-agent-mcp-server",
      tools: "run_instance_agent_command list_instance_agent_command_executions",
    },
    {
      package: "oci-compute-mcp-server",
      tools:
        "launch_instance terminate_instance update_instance list_vnic_attachments list_instances",
    },
    {
      package: "oci-database-mcp-server",
      tools:
        "delete_pluggable_database update_pluggable_database create_pluggable_database create_pluggable_database_from_local_clone get_public_ip_for_database",
    },
    {
      package: "oci-faaas-mcp-server",
      tools:
        "list_fusion_environment_families list_fusion_environments get_fusion_environment get_fusion_environment_status",
    },
    {
      package: "oci-full-stack-disaster-recovery-mcp-server",
      tools:
        "list_dr_protection_groups list_dr_plans_for_protection_group list_dr_plan_executions_for_protection_group get_dr_protection_group get_dr_plan",
    },
    {
      package: "oci-identity-mcp-server",
      tools:
        "get_tenancy list_availability_domains get_current_tenancy get_current_user get_compartment_by_name",
    },
    {
      package: "oci-limits-mcp-server",
      tools:
        "provide_availability_domains_for_limits list_services list_limit_definitions list_limit_value get_resource_availability",
    },
    {
      package: "oci-load-balancer-mcp-server",
      tools:
        "create_load_balancer update_load_balancer update_load_balancer_shape delete_load_balancer list_load_balancers",
    },
    {
      package: "oci-logging-mcp-server",
      tools: "list_log_groups get_log_group list_logs get_log get_paginated_event_types",
    },
    { package: "oci-migration-mcp-server", tools: "get_migration list_migrations" },
    {
      package: "oci-monitoring-mcp-server",
      tools: "list_alarms list_metric_definitions get_metrics_data",
    },
    {
      package: "oci-network-load-balancer-mcp-server",
      tools:
        "list_network_load_balancers get_network_load_balancer list_network_load_balancer_listeners get_network_load_balancer_listener list_network_load_balancer_backend_sets",
    },
    {
      package: "oci-networking-mcp-server",
      tools: "delete_vcn create_vcn create_subnet list_vcns get_vcn",
    },
    {
      package: "oci-object-storage-mcp-server",
      tools: "get_namespace list_buckets get_bucket_details list_objects list_object_versions",
    },
    {
      package: "oci-opensearch-mcp-server",
      tools:
        "create_opensearch_cluster update_opensearch_cluster delete_opensearch_cluster list_opensearch_clusters get_opensearch_cluster",
    },
    {
      package: "oci-oracle-db-observability-mcp-server",
      tools:
        "change_db_management_private_endpoint_compartment change_managed_database_group_compartment create_cloud_db_system create_cloud_db_system_connector get_compartment",
    },
    {
      package: "oci-pricing-mcp-server",
      tools: "pricing_get_sku pricing_search_name ping",
      manages: false,
    },
    {
      package: "oci-recovery-mcp-server",
      tools:
        "list_protected_databases get_protected_database summarize_protected_database_health summarize_protected_database_redo_status summarize_backup_space_used",
    },
    {
      package: "oci-registry-mcp-server",
      tools:
        "create_container_repository delete_container_repository list_container_repositories get_container_repository",
    },
    {
      package: "oci-resource-search-mcp-server",
      tools:
        "list_all_resources search_resources search_resources_free_form search_resources_by_type list_resource_types",
    },
    {
      package: "oci-support-mcp-server",
      tools:
        "create_incident list_incidents get_incident list_incident_resource_types validate_user",
    },
    { package: "oci-usage-mcp-server", tools: "get_summarized_usage", exact: true },
    {
      package: "oci-vision-mcp-server",
      tools:
        "create_image_job fetch_object_storage_object list_object_storage_objects upload_image_to_object_storage get_analysis_result",
    },
    {
      package: "oracle-data-studio-mcp-server",
      tools:
        "adp_manage_catalog adp_manage_sharing adp_manage_analytic_views adp_manage_credentials adp_build_analytic_view",
    },
    {
      package: "oracle-db-doc-mcp-server",
      tools: "search_oracle_database_documentation",
      exact: true,
      manages: false,
    },
    {
      package: "oracle-goldengate-mcp-server",
      tools: "create_connection create_extract update_extract create_replicat list_domains",
    },
  ],
});
