import { idsOf, textsOf } from "./calls-params.ts";
import type { CallRow } from "./calls-row.ts";
import type { AwsService } from "./connect.ts";

const affects = ["logging"] as const;

/** Shadow copies of trails of other regions answer to their ARN only. */
const perTrail =
  (as: string): CallRow["params"] =>
  (recorded) =>
    idsOf(recorded, "cloudtrail:DescribeTrails", "trailList", "TrailARN", as);

/**
 * Which logs are kept; the switches of newer balancers stand in attributes that are read anyway.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFlowLogs.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetDetector.html
 */
export const loggingCalls: readonly (CallRow & { readonly service: AwsService })[] = [
  {
    // Metadata only: the secret of a key is shown once, when it is made.
    service: "iam",
    action: "ListAccessKeys",
    affects: ["static-keys"],
    pageSize: 1000,
    params: (recorded) =>
      idsOf(recorded, "iam:GetAccountAuthorizationDetails", "UserDetailList", "UserName"),
  },
  {
    service: "iam",
    action: "GetAccessKeyLastUsed",
    affects: [],
    params: (recorded) => idsOf(recorded, "iam:ListAccessKeys", "AccessKeyMetadata", "AccessKeyId"),
  },
  { service: "ec2", action: "DescribeFlowLogs", affects, pageSize: 1000 },
  {
    service: "elb",
    action: "DescribeLoadBalancerAttributes",
    affects,
    params: (recorded) =>
      idsOf(recorded, "elb:DescribeLoadBalancers", "LoadBalancerDescriptions", "LoadBalancerName"),
  },
  { service: "cloudtrail", action: "DescribeTrails", affects },
  { service: "cloudtrail", action: "GetTrailStatus", affects, params: perTrail("Name") },
  { service: "cloudtrail", action: "GetEventSelectors", affects, params: perTrail("TrailName") },
  { service: "guardduty", action: "ListDetectors", affects, pageSize: 50 },
  {
    service: "guardduty",
    action: "GetDetector",
    affects,
    params: (recorded) =>
      textsOf(recorded, "guardduty:ListDetectors", "DetectorIds").map((DetectorId) => ({
        DetectorId,
      })),
  },
];
