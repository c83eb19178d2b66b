/**
 * Who decides the value of a condition key: the workload's own identity (known here), the action that is asked,
 * the caller, or nobody that can be read.
 */
export type Controller = "fixed-by-workload" | "fixed-by-action" | "caller-chosen" | "unknown";

export interface KeyRule {
  readonly key: string | RegExp;
  readonly controller: Controller;
  /** The request always carries it, so leaving it out is no choice. */
  readonly always: boolean;
}

/**
 * First match decides; what is not listed is unknown.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const keyRules: readonly KeyRule[] = [
  { key: "aws:requestedregion", controller: "caller-chosen", always: true },
  { key: /^aws:requesttag\//, controller: "caller-chosen", always: false },
  { key: "aws:tagkeys", controller: "caller-chosen", always: false },
  { key: "aws:useragent", controller: "caller-chosen", always: false },
  { key: "aws:referer", controller: "caller-chosen", always: false },
  { key: "iam:passedtoservice", controller: "fixed-by-action", always: true },
  { key: "iam:policyarn", controller: "fixed-by-action", always: true },
  { key: "iam:permissionsboundary", controller: "fixed-by-action", always: false },
  { key: "iam:awsservicename", controller: "caller-chosen", always: true },
  { key: "iam:associatedresourcearn", controller: "caller-chosen", always: false },
  { key: "sts:externalid", controller: "caller-chosen", always: false },
  { key: "sts:rolesessionname", controller: "caller-chosen", always: true },
  {
    key: /^sts:(?:durationseconds|transitivetagkeys|sourceidentity)$/,
    controller: "caller-chosen",
    always: false,
  },
  // What an assertion says is its provider's choice.
  { key: /^saml:/, controller: "caller-chosen", always: false },
  { key: "kms:viaservice", controller: "caller-chosen", always: false },
  {
    key: /^kms:(?:encryptioncontext|grant|requestalias)/,
    controller: "caller-chosen",
    always: false,
  },
  {
    key: /^s3:(?:prefix|delimiter|max-keys|versionid|x-amz-.*|requestobjecttag.*)$/,
    controller: "caller-chosen",
    always: false,
  },
  {
    // What a call on a machine sets; the rest says what the machine is.
    key: /^ec2:(?:createaction|instancetype|region|tenancy|volume(?:size|type|iops|throughput)|ismanaged|osuser|metadatahttp.*|encrypted|subnet|vpc|image(?:id|type)|islaunchtemplateresource|launchtemplate|keypairname|associatepublicipaddress|availabilityzone.*|ebsoptimized|attribute\/.*)$/,
    controller: "caller-chosen",
    always: false,
  },
  {
    key: /^lambda:(?:functionurlauthtype|layer|vpcids|subnetids|securitygroupids|principal|codesigningconfigarn|invokedviafunctionurl)$/,
    controller: "caller-chosen",
    always: false,
  },
  {
    key: /^dynamodb:(?:attributes|select|leadingkeys|returnvalues)$/,
    controller: "caller-chosen",
    always: false,
  },
  { key: "cloudwatch:namespace", controller: "caller-chosen", always: true },
  {
    key: /^(?:secretsmanager:(?:name|versionstage|versionid)|ssm:(?:overwrite|recursive|policies|documenttype|documentcategories))$/,
    controller: "caller-chosen",
    always: false,
  },
  {
    key: /^ecs:(?!resourcetag)/,
    controller: "caller-chosen",
    always: false,
  },
  {
    key: /^(?:cloudformation|codebuild|sagemaker|glue|apprunner|bedrock-agentcore|datapipeline):(?!resourcetag)/,
    controller: "caller-chosen",
    always: false,
  },
  { key: /^aws:source(?:ip|vpc|vpce)$/, controller: "unknown", always: false },
];

const unlisted: KeyRule = { key: "", controller: "unknown", always: false };
const found = new Map<string, KeyRule>();

/** @param key lower case */
export function keyRule(key: string): KeyRule {
  const known = found.get(key);
  if (known) return known;
  const rule =
    keyRules.find((candidate) =>
      typeof candidate.key === "string" ? candidate.key === key : candidate.key.test(key),
    ) ?? unlisted;
  if (found.size < 10_000) found.set(key, rule);
  return rule;
}

/** Keys that carry several values in one request; every other key carries one. */
export const manyValued: ReadonlySet<string> = new Set([
  "aws:tagkeys",
  "sts:transitivetagkeys",
  "kms:encryptioncontextkeys",
  "kms:grantoperations",
  "dynamodb:attributes",
  "dynamodb:leadingkeys",
]);

/** Keys whose value is where the call comes from: they bind a stolen credential, not the workload itself. */
export const networkKeys: ReadonlySet<string> = new Set([
  "aws:sourceip",
  "aws:vpcsourceip",
  "aws:sourcevpc",
  "aws:sourcevpce",
]);
