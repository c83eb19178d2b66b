/** How a service's requests and answers look on the wire. */
export type Protocol = "ec2" | "query" | "json" | "rest-json" | "rest-xml";

interface ServiceFacts {
  readonly package: string;
  readonly protocol: Protocol;
  /** Version of a Query API as it stands in each request. */
  readonly version?: string;
  /** Prefix of the X-Amz-Target header. */
  readonly target?: string;
  /** Name that requests are signed for; absent where the version or the target tells the service. */
  readonly signed?: string;
  readonly namespace?: string;
  /** Answers wherever the request was signed for. */
  readonly everywhere?: true;
}

/** https://smithy.io/2.0/aws/protocols/index.html */
export const services = {
  ec2: {
    package: "@aws-sdk/client-ec2",
    protocol: "ec2",
    version: "2016-11-15",
    namespace: "http://ec2.amazonaws.com/doc/2016-11-15/",
  },
  elbv2: {
    package: "@aws-sdk/client-elastic-load-balancing-v2",
    protocol: "query",
    version: "2015-12-01",
    namespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
  },
  elb: {
    package: "@aws-sdk/client-elastic-load-balancing",
    protocol: "query",
    version: "2012-06-01",
    namespace: "http://elasticloadbalancing.amazonaws.com/doc/2012-06-01/",
  },
  iam: {
    package: "@aws-sdk/client-iam",
    protocol: "query",
    version: "2010-05-08",
    namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    everywhere: true,
  },
  sts: {
    package: "@aws-sdk/client-sts",
    protocol: "query",
    version: "2011-06-15",
    namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    everywhere: true,
  },
  ecs: {
    package: "@aws-sdk/client-ecs",
    protocol: "json",
    target: "AmazonEC2ContainerServiceV20141113",
  },
  globalaccelerator: {
    package: "@aws-sdk/client-global-accelerator",
    protocol: "json",
    target: "GlobalAccelerator_V20180706",
    everywhere: true,
  },
  apprunner: { package: "@aws-sdk/client-apprunner", protocol: "json", target: "AppRunner" },
  "network-firewall": {
    package: "@aws-sdk/client-network-firewall",
    protocol: "json",
    target: "NetworkFirewall_20201112",
  },
  organizations: {
    package: "@aws-sdk/client-organizations",
    protocol: "json",
    target: "AWSOrganizationsV20161128",
    everywhere: true,
  },
  cloudtrail: {
    package: "@aws-sdk/client-cloudtrail",
    protocol: "json",
    target: "CloudTrail_20131101",
  },
  guardduty: { package: "@aws-sdk/client-guardduty", protocol: "rest-json", signed: "guardduty" },
  lambda: { package: "@aws-sdk/client-lambda", protocol: "rest-json", signed: "lambda" },
  eks: { package: "@aws-sdk/client-eks", protocol: "rest-json", signed: "eks" },
  apigateway: {
    package: "@aws-sdk/client-api-gateway",
    protocol: "rest-json",
    signed: "apigateway",
  },
  apigatewayv2: {
    package: "@aws-sdk/client-apigatewayv2",
    protocol: "rest-json",
    signed: "apigateway",
  },
  cloudfront: {
    package: "@aws-sdk/client-cloudfront",
    protocol: "rest-xml",
    signed: "cloudfront",
    namespace: "http://cloudfront.amazonaws.com/doc/2020-05-31/",
    everywhere: true,
  },
  route53: {
    package: "@aws-sdk/client-route-53",
    protocol: "rest-xml",
    signed: "route53",
    namespace: "https://route53.amazonaws.com/doc/2013-04-01/",
    everywhere: true,
  },
  acm: { package: "@aws-sdk/client-acm", protocol: "json", target: "CertificateManager" },
  "bedrock-agentcore": {
    package: "@aws-sdk/client-bedrock-agentcore-control",
    protocol: "rest-json",
    signed: "bedrock-agentcore",
  },
} as const satisfies Readonly<Record<string, ServiceFacts>>;
export type Service = keyof typeof services;

export const serviceNames: readonly Service[] = [
  "ec2",
  "elbv2",
  "elb",
  "iam",
  "sts",
  "ecs",
  "globalaccelerator",
  "apprunner",
  "network-firewall",
  "organizations",
  "cloudtrail",
  "guardduty",
  "lambda",
  "eks",
  "apigateway",
  "apigatewayv2",
  "cloudfront",
  "route53",
  "acm",
  "bedrock-agentcore",
];

export function factsOf(service: Service): ServiceFacts {
  return services[service];
}
