import type { Json } from "../../src/model/json.ts";

/**
 * service -> command -> output, in the shape the AWS SDK for JavaScript gives back. Calls about one resource
 * (`keyedBy`) hold a map from the resource's id to its output; `{"$error": "Name"}` makes the call fail with that code.
 */
export type AwsConfig = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** What the mock serves. */
export interface AwsWorld {
  /** Twelve digits. */
  readonly account: string;
  /** The enabled regions; every other one refuses the credentials as AWS does. */
  readonly regions: Readonly<Record<string, AwsConfig>>;
  /** Answers of services without regions: `iam`, `sts`, and `ec2.DescribeRegions` if it is to differ from `regions`. */
  readonly global?: AwsConfig;
}

/** The parameter whose value picks the entry of a command's map. */
export const keyedBy: Readonly<Record<string, string>> = {
  "ec2:DescribeInstanceAttribute": "InstanceId",
  "ec2:GetManagedPrefixListEntries": "PrefixListId",
  "elbv2:DescribeListeners": "LoadBalancerArn",
  "elbv2:DescribeLoadBalancerAttributes": "LoadBalancerArn",
  "elbv2:DescribeRules": "ListenerArn",
  "elbv2:DescribeTargetGroupAttributes": "TargetGroupArn",
  "elbv2:DescribeTargetHealth": "TargetGroupArn",
  "elb:DescribeInstanceHealth": "LoadBalancerName",
  "elb:DescribeLoadBalancerAttributes": "LoadBalancerName",
  "ecs:ListTasks": "cluster",
  "ecs:DescribeTasks": "cluster",
  "ecs:ListContainerInstances": "cluster",
  "ecs:DescribeContainerInstances": "cluster",
  "ecs:DescribeTaskDefinition": "taskDefinition",
  "eks:DescribeCluster": "name",
  "eks:ListPodIdentityAssociations": "clusterName",
  "eks:DescribePodIdentityAssociation": "associationId",
  "lambda:GetFunctionUrlConfig": "FunctionName",
  "lambda:ListFunctionUrlConfigs": "FunctionName",
  "lambda:GetPolicy": "FunctionName",
  "network-firewall:DescribeFirewall": "FirewallArn",
  "network-firewall:DescribeFirewallPolicy": "FirewallPolicyArn",
  "globalaccelerator:ListListeners": "AcceleratorArn",
  "globalaccelerator:ListEndpointGroups": "ListenerArn",
  "globalaccelerator:ListCustomRoutingPortMappings": "AcceleratorArn",
  "cloudfront:GetVpcOrigin": "Id",
  "route53:ListResourceRecordSets": "HostedZoneId",
  "apigatewayv2:GetRoutes": "ApiId",
  "apigatewayv2:GetIntegrations": "ApiId",
  "apigatewayv2:GetAuthorizers": "ApiId",
  "apigatewayv2:GetStages": "ApiId",
  "apigatewayv2:GetApiMappings": "DomainName",
  "apigatewayv2:ListRoutingRules": "DomainName",
  "apigateway:GetResources": "restApiId",
  "apigateway:GetAuthorizers": "restApiId",
  "apigateway:GetStages": "restApiId",
  "apigateway:GetBasePathMappings": "domainName",
  "apprunner:DescribeService": "ServiceArn",
  "bedrock-agentcore:GetGateway": "gatewayIdentifier",
  "bedrock-agentcore:ListGatewayTargets": "gatewayIdentifier",
  "bedrock-agentcore:GetGatewayTarget": "targetId",
  "bedrock-agentcore:GetAgentRuntime": "agentRuntimeId",
  "bedrock-agentcore:GetResourcePolicy": "resourceArn",
  "iam:ListAccessKeys": "UserName",
  "iam:GetAccessKeyLastUsed": "AccessKeyId",
  "cloudtrail:GetTrailStatus": "Name",
  "cloudtrail:GetEventSelectors": "TrailName",
  "guardduty:GetDetector": "DetectorId",
};
