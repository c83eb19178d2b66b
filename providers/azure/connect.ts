import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { PosternError } from "../../src/errors.ts";
import type { CollectContext } from "../../src/model/adapter.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Scope } from "../../src/model/provider.ts";
import type { RawPage } from "../call.ts";
import { graphHost, graphUrl, type GraphPath } from "./graph-address.ts";
import {
  faultIn,
  memberOf,
  pageOf,
  type Headers,
  type WireRequest,
  type WireResponse,
} from "./wire.ts";

const load = createRequire(import.meta.url);

export type AzureSdk =
  | "network"
  | "compute"
  | "appcontainers"
  | "appservice"
  | "containerinstance"
  | "authorization"
  | "dns"
  | "subscriptions";

const sdks: Readonly<Record<AzureSdk, { readonly package: string; readonly client: string }>> = {
  network: { package: "@azure/arm-network", client: "NetworkManagementClient" },
  compute: { package: "@azure/arm-compute", client: "ComputeManagementClient" },
  appcontainers: { package: "@azure/arm-appcontainers", client: "ContainerAppsAPIClient" },
  appservice: { package: "@azure/arm-appservice", client: "WebSiteManagementClient" },
  containerinstance: {
    package: "@azure/arm-containerinstance",
    client: "ContainerInstanceManagementClient",
  },
  dns: { package: "@azure/arm-dns", client: "DnsManagementClient" },
  authorization: { package: "@azure/arm-authorization", client: "AuthorizationManagementClient" },
  subscriptions: { package: "@azure/arm-resources-subscriptions", client: "SubscriptionClient" },
};

const identityPackage = "@azure/identity";
const pipelinePackage = "@azure/core-rest-pipeline";
export const armHost = "https://management.azure.com";

/** One page of an operation of an SDK. */
export interface AzureRequest {
  readonly sdk: AzureSdk;
  /** Operation group of the client: `networkInterfaces`; empty for operations of the client itself. */
  readonly group: string;
  readonly method: string;
  /** Arguments before the options. */
  readonly args: readonly Json[];
  /** Members of the options: `{ expand: "instanceView" }`. */
  readonly options?: JsonObject;
  readonly token: string | undefined;
  readonly signal: AbortSignal;
}

/** One page of an ARM path that no installed SDK has an operation for, through the same authenticated pipeline. */
export interface AzurePathRequest {
  /** From the first slash: `/subscriptions/<id>/providers/Microsoft.ManagedIdentity/userAssignedIdentities`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>> & { readonly "api-version": string };
  /** For the queries that ARM wants as POST; absent = GET. */
  readonly body?: JsonObject;
  readonly token: string | undefined;
  readonly signal: AbortSignal;
}

/** The SDKs behind one door. Answers are ARM's own JSON, not the SDKs' flattened objects; failures carry `statusCode`, `code` and `response`. */
export interface AzureClients {
  readonly subscription: string;
  list(request: AzureRequest): Promise<RawPage>;
  get(request: AzurePathRequest): Promise<RawPage>;
  /** One page of Microsoft Graph, with a token of its own. */
  graph(request: GraphPath & Pick<AzurePathRequest, "token" | "signal">): Promise<RawPage>;
}

type Send = (request: WireRequest) => Promise<WireResponse>;

/** What one request of ours changes in the SDK's request, and what it gets to see of the answer. */
interface InFlight {
  readonly signal: AbortSignal;
  readonly rewrite?: (request: WireRequest) => void;
  response?: WireResponse;
}

interface Credential {
  getToken(
    scope: string,
    options: { readonly abortSignal: AbortSignal },
  ): Promise<{ readonly token: string } | null>;
}

/** What is used of the pipeline that the SDKs share. */
interface Pipeline {
  createDefaultHttpClient(): { readonly sendRequest: (request: object) => Promise<WireResponse> };
  createPipelineRequest(options: object): object;
  createHttpHeaders(headers: Readonly<Record<string, string>>): Headers;
  readonly RestError: new (message: string, options: object) => Error;
}

type Operation = (...args: readonly unknown[]) => unknown;

interface Paged {
  byPage(settings: { continuationToken?: string }): { next(): Promise<unknown> };
}

type Client = Readonly<Record<string, unknown>>;
type Sdk = Readonly<Record<string, new (...args: readonly unknown[]) => Client>>;

/** Loads no SDK before the first request. Retries and deadlines are the adapter's: the SDK tries once and is told when to stop. */
export function connect(scope: Scope | undefined, context: CollectContext): AzureClients {
  for (const sdk of Object.values(sdks)) requireInstalled(sdk.package);
  for (const name of [identityPackage, pipelinePackage]) requireInstalled(name);
  const { endpoint } = context.settings;
  const subscription = scope?.id ?? "";
  const flight = new AsyncLocalStorage<InFlight>();
  const made = new Map<AzureSdk, Client>();
  let credential: Credential | undefined;
  let http: ReturnType<Pipeline["createDefaultHttpClient"]> | undefined;

  /** Runs after the SDK's own policies, so that the token is asked for ARM whatever address the request goes to. */
  const policy = {
    name: "postern",
    async sendRequest(request: WireRequest, next: Send): Promise<WireResponse> {
      const own = flight.getStore();
      own?.rewrite?.(request);
      if (own) request.abortSignal = own.signal;
      if (endpoint !== undefined) redirect(request, endpoint);
      const response = await next(request);
      if (own) own.response = response;
      return response;
    },
  };

  function clientOf(sdk: AzureSdk): Client {
    const client = made.get(sdk) ?? create(sdk);
    made.set(sdk, client);
    return client;
  }

  function create(sdk: AzureSdk): Client {
    const Client = exported(sdks[sdk].package, sdks[sdk].client);
    credential ??= credentialFor(endpoint);
    const options = {
      retryOptions: { maxRetries: 0 },
      additionalPolicies: [{ policy, position: "perRetry" }],
    };
    return sdk === "subscriptions"
      ? new Client(credential, options)
      : new Client(credential, subscription, options);
  }

  async function send(own: InFlight, request: Omit<AzureRequest, "signal">): Promise<RawPage> {
    const { sdk, group, method, args, options, token } = request;
    const client = clientOf(sdk);
    const owner = group === "" ? client : client[group];
    const operation = memberOf(owner, method);
    if (!isOperation(operation)) throw tooOld(sdks[sdk].package, `${group}.${method}`);
    await flight.run(own, async () => {
      const started = operation.call(owner, ...args, { ...options });
      await (isPaged(started)
        ? started.byPage(token === undefined ? {} : { continuationToken: token }).next()
        : started);
    });
    return pageOf(own.response);
  }

  async function graph({
    signal,
    ...about
  }: Parameters<AzureClients["graph"]>[0]): Promise<RawPage> {
    const pipeline: Pipeline = load(pipelinePackage);
    credential ??= credentialFor(endpoint);
    const real = graphHost(endpoint);
    const mocked = endpoint !== undefined && isLoopback(endpoint);
    const granted = await credential.getToken(`${real}/.default`, { abortSignal: signal });
    const request = pipeline.createPipelineRequest({
      url: graphUrl(mocked ? endpoint.replace(/\/$/, "") : real, about),
      headers: pipeline.createHttpHeaders({ authorization: `Bearer ${granted?.token ?? ""}` }),
      abortSignal: signal,
      allowInsecureConnection: mocked,
    });
    http ??= pipeline.createDefaultHttpClient();
    const response = await http.sendRequest(request);
    const fault = faultIn(response);
    if (!fault) return pageOf(response);
    const { code, message } = fault;
    throw new pipeline.RestError(message, { code, statusCode: response.status, request, response });
  }

  return {
    subscription,
    graph,
    list: async (request) => send({ signal: request.signal }, request),
    /** Rides on the list of subscriptions: its pipeline authenticates, its path is replaced. */
    async get({ path, query, body, token, signal }) {
      const url = token ?? `${armHost}${path}?${new URLSearchParams(query).toString()}`;
      const rewrite = (request: WireRequest): void => {
        request.url = url;
        if (!body) return;
        request.method = "POST";
        request.body = JSON.stringify(body);
        request.headers.set("content-type", "application/json");
      };
      const group = "subscriptions";
      const ride = { sdk: group, group, method: "list", args: [], token: undefined } as const;
      return send({ signal, rewrite }, ride);
    },
  };
}

/** Sovereign clouds, private endpoints and tests; plain HTTP only on loopback, where the token is not a real one. */
function redirect(request: WireRequest, endpoint: string): void {
  const { pathname, search } = new URL(request.url);
  request.url = `${endpoint.replace(/\/$/, "")}${pathname}${search}`;
  request.allowInsecureConnection = isLoopback(endpoint);
}

function isLoopback(endpoint: string): boolean {
  return /^http:\/\/(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?::\d+)?\/?$/.test(endpoint);
}

/** The user's own login chain; a loopback mock is never shown a real token. */
function credentialFor(endpoint: string | undefined): Credential {
  if (endpoint !== undefined && isLoopback(endpoint)) {
    return {
      getToken: async () => ({ token: "loopback", expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
    };
  }
  const { DefaultAzureCredential: Own }: Identities = load(identityPackage);
  if (!Own) throw tooOld(identityPackage, "DefaultAzureCredential");
  return new Own();
}

interface Identities {
  readonly DefaultAzureCredential?: new () => Credential;
}

function exported(name: string, member: string): Sdk[string] {
  const sdk: Sdk = load(name);
  const found = sdk[member];
  if (found) return found;
  throw tooOld(name, member);
}

function tooOld(name: string, member: string): PosternError {
  return new PosternError("SDK_MISSING", `${name} has no ${member}: it is too old.`, {
    hint: `Run \`npm install ${name}@latest\`.`,
  });
}

function isOperation(value: unknown): value is Operation {
  return typeof value === "function";
}

function isPaged(value: unknown): value is Paged {
  return typeof memberOf(value, "byPage") === "function";
}

/** Before the first question, so that a missing package is an error of the run and not a gap in it. */
export function requireInstalled(name: string): void {
  try {
    load.resolve(name);
  } catch (cause) {
    throw new PosternError("SDK_MISSING", `Reading Azure needs ${name}, which is not installed.`, {
      hint: `Run \`npm install ${name}\`, or install Postern without --omit=optional.`,
      cause,
    });
  }
}
