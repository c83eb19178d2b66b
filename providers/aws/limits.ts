import type { Bucket } from "../call.ts";

/**
 * Half of what AWS grants EC2's paginated reads per account and region (100 requests, 20 a second), so that an audit
 * never takes the other half from those who run the account; AWS publishes no figures for the others.
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export const buckets: Readonly<
  Record<"ec2" | "elb" | "iam" | "sts" | "organizations" | "edge" | "containers", Bucket>
> = {
  ec2: { capacity: 50, perSecond: 10 },
  elb: { capacity: 40, perSecond: 10 },
  iam: { capacity: 20, perSecond: 5 },
  sts: { capacity: 10, perSecond: 5 },
  organizations: { capacity: 10, perSecond: 5 },
  edge: { capacity: 10, perSecond: 5 },
  containers: { capacity: 20, perSecond: 10 },
};
