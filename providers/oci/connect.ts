import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { PosternError } from "../../src/errors.ts";
import type { CollectContext } from "../../src/model/adapter.ts";
import { isDomainUrl } from "./call-params.ts";
import { authentication, type AuthProvider, type OciCommon } from "./credentials.ts";
import { isSdkService, sdks, signed, type OciService, type SignedService } from "./services.ts";
import { transport, type Exchange, type OciAnswer, type SignedRequest } from "./transport.ts";

const load = createRequire(import.meta.url);

export interface OciRequest {
  readonly service: OciService;
  /** Method of the SDK's client; for services without one, the path below the version. */
  readonly operation: string;
  /** `global` goes to the home region. */
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

/** The SDK's clients behind one door: made when first needed, one a service and region. */
export interface OciClients {
  send(request: OciRequest): Promise<OciAnswer>;
  /** OCID of the tenancy that the credential belongs to. */
  tenancy(): Promise<string>;
  /** Where questions about the whole tenancy go: the region of the configuration. */
  homeRegion(): Promise<string>;
}

type SdkClient = Record<string, unknown> & { endpoint: string; regionId: string };
type ClientClass = new (params: object, configuration: object) => SdkClient;

const defaultRegion = "us-ashburn-1";

/**
 * Loads no SDK before the first request. Retries, breakers and deadlines are the adapter's: the SDK composes and signs,
 * and the answer is kept as it came over the wire.
 */
export function connect(context: CollectContext): OciClients {
  for (const { package: name } of Object.values(sdks)) requireInstalled(name);
  const { endpoint, regions } = context.settings;
  const made = new Map<string, SdkClient>();
  const running = new AsyncLocalStorage<Exchange>();
  let provider: Promise<AuthProvider> | undefined;

  const auth = async (): Promise<AuthProvider> =>
    (provider ??= authentication(common(), context.settings));

  async function homeRegion(): Promise<string> {
    const own = (await auth()).region;
    return own ?? regions[0] ?? defaultRegion;
  }

  async function clientOf(
    service: keyof typeof sdks,
    region: string,
    domain: string | undefined,
  ): Promise<SdkClient> {
    const key = `${service}/${region}/${domain ?? ""}`;
    const known = made.get(key);
    if (known) return known;
    const { signer } = await auth();
    const facts = sdks[service];
    const Client = classOf(loadSdk(facts.package), facts.client, facts.package);
    const client = new Client(
      { httpClient: transport(signer, () => running.getStore()) },
      { circuitBreaker: { noCircuit: true, circuit: null } },
    );
    if (domain !== undefined) client.endpoint = domainEndpoint(domain, endpoint, region);
    else if (endpoint === undefined) client.regionId = region;
    else client.endpoint = endpointFor(endpoint, service, region);
    made.set(key, client);
    return client;
  }

  async function throughSdk(request: OciRequest, service: keyof typeof sdks, region: string) {
    const { domain } = request.input;
    const own = service === "identitydomains" ? String(domain) : undefined;
    const client = await clientOf(service, region, own);
    const operation = client[request.operation];
    if (typeof operation !== "function") throw tooOld(sdks[service].package, request.operation);
    const exchange: Exchange = { signal: request.signal };
    try {
      // What the SDK makes of the answer is not used: the transport has kept the bytes.
      await running.run(exchange, async () => {
        await Reflect.apply(operation, client, [request.input]);
      });
    } catch (error) {
      if (!exchange.settled) throw error;
    }
    return exchange;
  }

  async function throughSigner(request: OciRequest, service: SignedService, region: string) {
    const { signer } = await auth();
    const { host, version } = signed[service];
    const base =
      endpoint === undefined ? hostOf(host, region) : endpointFor(endpoint, service, region);
    const uri = `${base}/${version}${pathOf(request)}`;
    const exchange: Exchange = { signal: request.signal };
    const message: SignedRequest = { method: "GET", uri, headers: new Headers() };
    await transport(signer, () => exchange).send(message);
    return exchange;
  }

  return {
    homeRegion,
    tenancy: async () => (await auth()).tenancy(),
    async send(request) {
      const region = request.region === "global" ? await homeRegion() : request.region;
      const { service } = request;
      const { settled } = isSdkService(service)
        ? await throughSdk(request, service, region)
        : await throughSigner(request, service, region);
      if (!settled) throw new Error(`${service} ${request.operation} sent nothing`);
      if ("error" in settled) throw settled.error;
      return settled.answer;
    },
  };
}

function hostOf(template: string, region: string): string {
  return common().EndpointBuilder.createEndpointFromRegionId(template, region, "");
}

/** Members that the path names go there, the others into the query. */
function pathOf({ operation, input }: OciRequest): string {
  const query = new URLSearchParams();
  let path = operation;
  for (const [name, value] of Object.entries(input)) {
    const place = `{${name}}`;
    if (path.includes(place)) path = path.replace(place, encodeURIComponent(String(value)));
    else query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

function common(): OciCommon {
  return loadSdk("oci-common");
}

/** Each identity domain has an address of its own, which its listing tells; a stand-in gets it as a part of the path. */
function domainEndpoint(domain: string, endpoint: string | undefined, region: string): string {
  if (!isDomainUrl(domain)) throw new Error(`${domain} is no address of an identity domain`);
  return endpoint === undefined
    ? domain
    : `${endpointFor(endpoint, "identitydomains", region)}/domains/${encodeURIComponent(domain)}`;
}

/** One address may stand for many services and regions: `https://{service}.{region}.example.com`. */
function endpointFor(endpoint: string, service: OciService, region: string): string {
  return endpoint
    .replaceAll(/\{region\}|%7Bregion%7D/gi, region)
    .replaceAll(/\{service\}|%7Bservice%7D/gi, service)
    .replace(/\/+$/, "");
}

function classOf(module: Record<string, unknown>, name: string, from: string): ClientClass {
  const found = module[name];
  if (isClientClass(found)) return found;
  throw tooOld(from, name);
}

function isClientClass(value: unknown): value is ClientClass {
  return typeof value === "function";
}

function tooOld(name: string, missing: string): PosternError {
  return new PosternError("SDK_MISSING", `${name} has no ${missing}: it is too old.`, {
    hint: `Run \`npm install ${name}@2.139.1\`.`,
  });
}

/** Directly, else as a part of an installed oci-sdk, which is not loaded itself. */
function loadSdk(name: string) {
  return load(resolved(name));
}

function resolved(name: string): string {
  try {
    return load.resolve(name);
  } catch {
    return createRequire(load.resolve("oci-sdk")).resolve(name);
  }
}

/** Before the first question, so that a missing package is an error of the run and not a gap in it. */
function requireInstalled(name: string): void {
  try {
    resolved(name);
  } catch (cause) {
    throw new PosternError("SDK_MISSING", `Reading OCI needs ${name}, which is not installed.`, {
      hint: `Run \`npm install ${name}\`, or install Postern without --omit=optional.`,
      cause,
    });
  }
}
