import { createRequire } from "node:module";
import { PosternError } from "../../src/errors.ts";
import type { CollectContext } from "../../src/model/adapter.ts";

const load = createRequire(import.meta.url);

export type AwsService =
  | "ec2"
  | "elbv2"
  | "elb"
  | "iam"
  | "sts"
  | "ecs"
  | "eks"
  | "lambda"
  | "apigateway"
  | "apigatewayv2"
  | "cloudfront"
  | "globalaccelerator"
  | "apprunner"
  | "network-firewall"
  | "organizations"
  | "cloudtrail"
  | "guardduty"
  | "route53"
  | "acm"
  | "bedrock-agentcore";

interface Sdk {
  readonly package: string;
  readonly client: string;
  /** The one region in which a service of the whole account answers; absent = the user's home region. */
  readonly home?: string;
}

const sdks: Readonly<Record<AwsService, Sdk>> = {
  ec2: { package: "@aws-sdk/client-ec2", client: "EC2Client" },
  elbv2: {
    package: "@aws-sdk/client-elastic-load-balancing-v2",
    client: "ElasticLoadBalancingV2Client",
  },
  elb: { package: "@aws-sdk/client-elastic-load-balancing", client: "ElasticLoadBalancingClient" },
  iam: { package: "@aws-sdk/client-iam", client: "IAMClient" },
  sts: { package: "@aws-sdk/client-sts", client: "STSClient" },
  ecs: { package: "@aws-sdk/client-ecs", client: "ECSClient" },
  eks: { package: "@aws-sdk/client-eks", client: "EKSClient" },
  lambda: { package: "@aws-sdk/client-lambda", client: "LambdaClient" },
  apigateway: { package: "@aws-sdk/client-api-gateway", client: "APIGatewayClient" },
  apigatewayv2: { package: "@aws-sdk/client-apigatewayv2", client: "ApiGatewayV2Client" },
  cloudfront: {
    package: "@aws-sdk/client-cloudfront",
    client: "CloudFrontClient",
    home: "us-east-1",
  },
  globalaccelerator: {
    package: "@aws-sdk/client-global-accelerator",
    client: "GlobalAcceleratorClient",
    home: "us-west-2",
  },
  apprunner: { package: "@aws-sdk/client-apprunner", client: "AppRunnerClient" },
  "network-firewall": {
    package: "@aws-sdk/client-network-firewall",
    client: "NetworkFirewallClient",
  },
  organizations: {
    package: "@aws-sdk/client-organizations",
    client: "OrganizationsClient",
    home: "us-east-1",
  },
  cloudtrail: { package: "@aws-sdk/client-cloudtrail", client: "CloudTrailClient" },
  guardduty: { package: "@aws-sdk/client-guardduty", client: "GuardDutyClient" },
  route53: { package: "@aws-sdk/client-route-53", client: "Route53Client", home: "us-east-1" },
  acm: { package: "@aws-sdk/client-acm", client: "ACMClient" },
  "bedrock-agentcore": {
    package: "@aws-sdk/client-bedrock-agentcore-control",
    client: "BedrockAgentCoreControlClient",
  },
};

export interface AwsOutput {
  readonly [member: string]: unknown;
  readonly $metadata: { readonly requestId?: string };
}

export interface AwsRequest {
  readonly service: AwsService;
  readonly action: string;
  /** `global` goes to the home region. */
  readonly region: string;
  readonly input: object;
  readonly signal: AbortSignal;
}

/** The SDK's clients behind one door: made when first needed, one a service and region. */
export interface AwsClients {
  send(request: AwsRequest): Promise<AwsOutput>;
  /** Where questions about the whole account go: the region of the user's AWS configuration, else the first asked for. */
  homeRegion(): Promise<string>;
}

/** The part of an SDK client that is used. */
interface SdkClient {
  send(command: object, options: { abortSignal: AbortSignal }): Promise<AwsOutput>;
  readonly config: {
    readonly credentials: unknown;
    readonly requestHandler: unknown;
    region(): Promise<string>;
  };
}

type Exports = Readonly<Record<string, new (input: object) => SdkClient>>;

const fallbackRegion = "us-east-1";
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** Loads no SDK before the first request. Retries and deadlines are the adapter's: the SDK tries once and is told when to stop. */
export function connect(context: CollectContext): AwsClients {
  for (const sdk of Object.values(sdks)) requireInstalled(sdk.package);
  const { profile, endpoint, regions } = context.settings;
  const made = new Map<string, SdkClient>();
  let first: SdkClient | undefined;

  function clientOf(service: AwsService, region: string | undefined): SdkClient {
    const key = `${service}/${region ?? ""}`;
    const client = made.get(key) ?? create(service, region);
    made.set(key, client);
    first ??= client;
    return client;
  }

  /** All clients share the first one's connections and credentials, so a role is assumed once, not once a region. */
  function create(service: AwsService, region: string | undefined): SdkClient {
    const Client = exported(service, sdks[service].client);
    return new Client({
      maxAttempts: 1,
      logger: silent,
      ...(region !== undefined && { region }),
      ...(profile !== undefined && { profile }),
      ...(endpoint !== undefined && { endpoint }),
      ...(first && {
        credentials: first.config.credentials,
        requestHandler: first.config.requestHandler,
      }),
    });
  }

  async function homeRegion(): Promise<string> {
    try {
      return await clientOf("sts", undefined).config.region();
    } catch (error) {
      if (error instanceof PosternError) throw error;
      return regions[0] ?? fallbackRegion;
    }
  }

  return {
    homeRegion,
    async send({ service, action, region, input, signal }) {
      const home = sdks[service].home;
      const client = clientOf(
        service,
        region === "global" ? (home ?? (await homeRegion())) : region,
      );
      const Command = exported(service, `${action}Command`);
      return client.send(new Command(input), { abortSignal: signal });
    },
  };
}

function exported(service: AwsService, name: string): Exports[string] {
  const found = loadSdk(sdks[service].package)[name];
  if (found) return found;
  throw new PosternError("SDK_MISSING", `${sdks[service].package} has no ${name}: it is too old.`, {
    hint: `Run \`npm install ${sdks[service].package}@latest\`.`,
  });
}

function loadSdk(name: string): Exports {
  // The SDK's notice about the Node of 2027 belongs to whoever updates Postern, not into an audit's output.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  return load(name);
}

/** Before the first question, so that a missing package is an error of the run and not a gap in it. */
export function requireInstalled(name: string): void {
  try {
    load.resolve(name);
  } catch (cause) {
    throw new PosternError("SDK_MISSING", `Reading AWS needs ${name}, which is not installed.`, {
      hint: `Run \`npm install ${name}\`, or install Postern without --omit=optional.`,
      cause,
    });
  }
}
