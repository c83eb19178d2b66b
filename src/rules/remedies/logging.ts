import type { RemediationStep } from "../../model/finding.ts";
import type { LogKind } from "../../model/logging.ts";
import type { WantedLog } from "../logs.ts";
import type { WorkloadContext } from "../rule.ts";
import { inOwnTools, type OwnTools } from "./own-tools.ts";
import { quote } from "./quote.ts";

/** Step 7: logging and alerts. */
export function watch({ workload }: WorkloadContext): RemediationStep[] {
  return [
    {
      kind: "design",
      text: `Log who called which tool of ${workload.name} with which token, and alert on failed sign-ins and on destructive calls.`,
    },
  ];
}

/** The switch of one log, in the provider's own tools. */
export function keepLogs({ provider }: WorkloadContext, log: WantedLog): RemediationStep[] {
  return inOwnTools(switches[log.kind], provider, log.about);
}

const switches: Readonly<Record<LogKind, OwnTools<string>>> = {
  "front-door": {
    aws: (name) => ({
      cli: `aws elbv2 modify-load-balancer-attributes --load-balancer-arn "$ARN" --attributes Key=access_logs.s3.enabled,Value=true Key=access_logs.s3.bucket,Value="$BUCKET" # ${quote(name)}`,
      iac: `aws_lb ${quote(name)}: access_logs { enabled = true bucket = var.log_bucket }`,
    }),
    azure: (name) => ({
      cli: `az monitor diagnostic-settings create --name access --resource "$ID" --workspace "$WORKSPACE" --logs '[{"categoryGroup":"allLogs","enabled":true}]' # ${quote(name)}`,
      iac: `azurerm_monitor_diagnostic_setting for ${quote(name)}: enabled_log { category_group = "allLogs" }`,
    }),
    gcp: (name) => ({
      cli: `gcloud compute backend-services update "$BACKEND" --global --enable-logging --logging-sample-rate 1.0 # behind ${quote(name)}`,
      iac: `google_compute_backend_service behind ${quote(name)}: log_config { enable = true sample_rate = 1.0 }`,
    }),
    oci: (name) => ({
      cli: `oci logging log create --log-group-id "$GROUP" --display-name access --log-type SERVICE --configuration file://access.json # ${quote(name)}`,
      iac: `oci_logging_log for ${quote(name)}: source { service = "loadbalancer" category = "access" }`,
    }),
  },
  flow: {
    aws: (id) => ({
      cli: `aws ec2 create-flow-logs --resource-type VPC --resource-ids "$VPC" --traffic-type ALL --log-destination-type s3 --log-destination "$BUCKET_ARN" # of ${quote(id)}`,
      iac: `aws_flow_log for the network of ${quote(id)}: traffic_type = "ALL"`,
    }),
    azure: (id) => ({
      cli: `az network watcher flow-log create --location "$LOCATION" --name flow --vnet "$VNET" --storage-account "$STORAGE" # of ${quote(id)}`,
      iac: `azurerm_network_watcher_flow_log for the network of ${quote(id)}: enabled = true`,
    }),
    gcp: (id) => ({
      cli: `gcloud compute networks subnets update "$SUBNET" --region "$REGION" --enable-flow-logs # of ${quote(id)}`,
      iac: `google_compute_subnetwork of ${quote(id)}: log_config {}`,
    }),
    oci: (id) => ({
      cli: `oci logging log create --log-group-id "$GROUP" --display-name flow --log-type SERVICE --configuration file://flow.json # subnet of ${quote(id)}`,
      iac: `oci_logging_log for the subnet of ${quote(id)}: source { service = "flowlogs" category = "all" }`,
    }),
  },
  "control-plane": {
    aws: () => ({
      cli: `aws cloudtrail create-trail --name all --s3-bucket-name "$BUCKET" --is-multi-region-trail && aws cloudtrail start-logging --name all`,
      iac: `aws_cloudtrail: is_multi_region_trail = true`,
    }),
    azure: (scope) => ({
      cli: `az monitor diagnostic-settings subscription create --name activity --location "$LOCATION" --workspace "$WORKSPACE" --logs '[{"category":"Administrative","enabled":true}]' # ${quote(scope)}`,
      iac: `azurerm_monitor_diagnostic_setting for the subscription: enabled_log { category = "Administrative" }`,
    }),
    gcp: (scope) => ({
      cli: `gcloud logging sinks create audit "$DESTINATION" --project ${quote(scope)} --log-filter 'logName:"cloudaudit.googleapis.com"'`,
      iac: `google_logging_project_sink for ${quote(scope)}: filter = "logName:cloudaudit.googleapis.com"`,
    }),
    oci: () => ({
      cli: `oci audit config update --compartment-id "$TENANCY" --retention-period-days 365`,
      iac: `oci_audit_configuration: retention_period_days = 365`,
    }),
  },
  "data-access": {
    aws: () => ({
      cli: `aws cloudtrail put-event-selectors --trail-name all --event-selectors '[{"ReadWriteType":"All","IncludeManagementEvents":true,"DataResources":[{"Type":"AWS::S3::Object","Values":["arn:aws:s3"]}]}]'`,
      iac: `aws_cloudtrail: event_selector { data_resource { type = "AWS::S3::Object" values = ["arn:aws:s3"] } }`,
    }),
    azure: () => ({
      cli: `az monitor diagnostic-settings create --name data --resource "$ID" --workspace "$WORKSPACE" --logs '[{"categoryGroup":"audit","enabled":true}]'`,
      iac: `azurerm_monitor_diagnostic_setting for each data store: enabled_log { category_group = "audit" }`,
    }),
    gcp: (scope) => ({
      cli: `gcloud projects set-iam-policy ${quote(scope)} policy.json # with auditConfigs for allServices: ADMIN_READ, DATA_READ, DATA_WRITE`,
      iac: `google_project_iam_audit_config: service = "allServices" audit_log_config { log_type = "DATA_READ" }`,
    }),
    oci: () => ({
      cli: `oci logging log create --log-group-id "$GROUP" --display-name objects --log-type SERVICE --configuration file://objects.json`,
      iac: `oci_logging_log: source { service = "objectstorage" category = "read" }`,
    }),
  },
  detection: {
    aws: () => ({
      cli: `aws guardduty create-detector --enable --region "$REGION"`,
      iac: `aws_guardduty_detector: enable = true`,
    }),
    azure: () => ({
      cli: `az security pricing create --name VirtualMachines --tier standard`,
      iac: `azurerm_security_center_subscription_pricing: tier = "Standard"`,
    }),
    gcp: (scope) => ({
      cli: `gcloud scc manage services update event-threat-detection --project ${quote(scope)} --enablement-state ENABLED`,
      iac: `google_scc_management_project_security_center_service: intended_enablement_state = "ENABLED"`,
    }),
    oci: () => ({
      cli: `oci cloud-guard configuration update --compartment-id "$TENANCY" --reporting-region "$REGION" --status ENABLED`,
      iac: `oci_cloud_guard_cloud_guard_configuration: status = "ENABLED"`,
    }),
  },
};
