import type { Family } from "../../../src/model/identity.ts";

/** Service prefixes whose family differs from that of their category. */
const services: Readonly<Record<string, Family>> = {
  iam: "identity",
  sts: "identity",
  sso: "identity",
  "sso-directory": "identity",
  "sso-oauth": "identity",
  identitystore: "identity",
  organizations: "identity",
  "cognito-idp": "identity",
  "cognito-identity": "identity",
  ds: "identity",
  rolesanywhere: "identity",
  ram: "identity",
  verifiedpermissions: "identity",
  secretsmanager: "secrets",
  kms: "kms",
  cloudhsm: "kms",
  "acm-pca": "kms",
  acm: "kms",
  lambda: "serverless",
  apprunner: "serverless",
  serverlessrepo: "serverless",
  amplify: "serverless",
  appsync: "serverless",
  cloudformation: "orchestration",
  states: "orchestration",
  scheduler: "orchestration",
  ssm: "orchestration",
  codepipeline: "orchestration",
  codebuild: "orchestration",
  codedeploy: "orchestration",
  airflow: "orchestration",
  cloudcontrol: "orchestration",
  servicecatalog: "orchestration",
  controltower: "orchestration",
  swf: "orchestration",
  cloudtrail: "logging",
  logs: "logging",
  cloudwatch: "logging",
  config: "logging",
  guardduty: "logging",
  securityhub: "logging",
  detective: "logging",
  "access-analyzer": "logging",
  xray: "logging",
  oam: "logging",
  firehose: "messaging",
  kinesis: "messaging",
  kafka: "messaging",
  sqs: "messaging",
  sns: "messaging",
  mq: "messaging",
  events: "messaging",
  pipes: "messaging",
  ses: "messaging",
  "sms-voice": "messaging",
  workmail: "messaging",
  workmailmessageflow: "messaging",
  redshift: "database",
  "redshift-data": "database",
  "redshift-serverless": "database",
  es: "database",
  aoss: "database",
  dax: "database",
  opensearch: "database",
  athena: "database",
  glue: "database",
  lakeformation: "database",
  "neptune-graph": "database",
  qldb: "database",
  sdb: "database",
  elasticmapreduce: "compute",
  codecommit: "storage",
  codeartifact: "storage",
  "network-firewall": "network",
  wafv2: "network",
  waf: "network",
  "waf-regional": "network",
  shield: "network",
  fms: "network",
  ec2messages: "compute",
  ssmmessages: "compute",
};

/** Families of the service categories of the action data. */
const categories: Readonly<Record<string, Family>> = {
  compute: "compute",
  containers: "containers",
  databases: "database",
  storage: "storage",
  "networking-and-content-delivery": "network",
  "machine-learning-and-ai": "ai",
  "cloud-financial-management": "billing",
  "application-integration": "messaging",
};

/** EC2 is one service with two families: what shapes the network, and what runs. */
const networkActions =
  /vpc|subnet|securitygroup|route|gateway|networkacl|networkinterface|networkinsights|address|trafficmirror|transit|vpn|dhcp|prefixlist|ipam|peering|carrier|flowlog/;

/** The service that stands for its family: holding all of its writes counts as holding the family's. */
export const leading: ReadonlySet<string> = new Set([
  "iam",
  "organizations",
  "ec2",
  "autoscaling",
  "elasticloadbalancing",
  "route53",
  "cloudfront",
  "s3",
  "elasticfilesystem",
  "rds",
  "dynamodb",
  "redshift",
  "secretsmanager",
  "kms",
  "logs",
  "cloudtrail",
  "cloudwatch",
  "cloudformation",
  "ssm",
  "states",
  "ecs",
  "eks",
  "ecr",
  "lambda",
  "apprunner",
  "sqs",
  "sns",
  "events",
  "bedrock",
  "sagemaker",
  "bedrock-agentcore",
]);

/** @param action lower case, without the service prefix */
export function familyOf(service: string, action: string, category: string | undefined): Family {
  if (service === "ec2" && networkActions.test(action)) return "network";
  if (service === "ssm" && /^getparameter(?:s|history|sbypath)?$/.test(action)) return "secrets";
  const own = Object.hasOwn(services, service) ? services[service] : undefined;
  const general =
    category !== undefined && Object.hasOwn(categories, category)
      ? categories[category]
      : undefined;
  return own ?? general ?? "other";
}

/**
 * Actions that touch contents instead of resources. The action data has no such flag; these are the stores whose
 * contents are worth stealing, and the writes by which a workload does its own work.
 */
const dataActions: Readonly<Record<string, RegExp>> = {
  s3: /^(?:getobject(?:version)?(?:torrent|annotation|forreplication)?|putobject(?!retention|legalhold).*|deleteobject(?:version)?(?:tagging)?|restoreobject|abortmultipartupload|replicate.*|getdataaccess)$/,
  "s3-object-lambda": /^(?:getobject|getobjectversion|putobject|deleteobject)$/,
  s3express: /^createsession$/,
  s3tables: /^(?:gettabledata|puttabledata)$/,
  ebs: /^(?:getsnapshotblock|putsnapshotblock)$/,
  elasticfilesystem: /^client/,
  codecommit: /^(?:gitpull|gitpush|getblob|getfile|getfolder|putfile)$/,
  dynamodb:
    /^(?:batchgetitem|getitem|getrecords|query|scan|partiql.*|batchwriteitem|putitem|updateitem|deleteitem|searchvectors|readdataforreplication|writedataforreplication)$/,
  cassandra: /^(?:select.*|modify.*|getrecords)$/,
  "rds-data":
    /^(?:executestatement|batchexecutestatement|executesql|begintransaction|committransaction|rollbacktransaction)$/,
  "rds-db": /^connect$/,
  "redshift-data": /^(?:executestatement|batchexecutestatement|getstatementresult.*)$/,
  redshift: /^getclustercredentials.*$/,
  dsql: /^(?:dbconnect.*|getstream)$/,
  "neptune-db":
    /^(?:readdataviaquery|writedataviaquery|deletedataviaquery|getstreamrecords|connect)$/,
  athena: /^getqueryresults.*$/,
  lakeformation: /^(?:getdataaccess|gettemporary.*|getworkunitresults|gettableobjects)$/,
  timestream: /^(?:select.*|writerecords)$/,
  qldb: /^(?:partiql.*|getblock|getrevision|sendcommand)$/,
  sdb: /^(?:select|getattributes|putattributes|deleteattributes|batch.*)$/,
  es: /^eshttp.*$/,
  aoss: /^apiaccessall$/,
  secretsmanager: /^(?:getsecretvalue|batchgetsecretvalue)$/,
  ssm: /^getparameter(?:s|history|sbypath)?$/,
  kms: /^(?:decrypt|encrypt|reencrypt.*|generate.*|sign|verify.*|derivesharedsecret)$/,
  sqs: /^(?:receivemessage|sendmessage.*|deletemessage.*|changemessagevisibility.*)$/,
  sns: /^publish.*$/,
  kinesis: /^(?:getrecords|subscribetoshard|putrecords?|getsharditerator)$/,
  firehose: /^putrecord.*$/,
  ses: /^(?:send.*|getarchivemessage.*)$/,
  workmailmessageflow: /^(?:getrawmessagecontent|putrawmessagecontent)$/,
  events: /^putevents$/,
  logs: /^(?:createloggroup|createlogstream|putlogevents.*)$/,
  cloudwatch: /^putmetricdata$/,
  xray: /^put(?:tracesegments|telemetryrecords|spans.*)$/,
  lambda: /^invoke.*$/,
  states: /^(?:startexecution|startsyncexecution)$/,
  bedrock: /^(?:invokemodel.*|converse.*)$/,
  "execute-api": /^.*$/,
};

/** @param action lower case, without the service prefix */
export function touchesData(service: string, action: string): boolean {
  return Object.hasOwn(dataActions, service) && dataActions[service]?.test(action) === true;
}
