import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { PosternError } from "../../src/errors.ts";
import type { CollectContext } from "../../src/model/adapter.ts";
import type { GcpRequest, GcpService } from "./request.ts";
import { firstClient, sdkPackages, sdkQuestion, type SdkQuestion } from "./sdk-methods.ts";
import { isRestOnly } from "./rest-only.ts";
import { readAnswer, type GcpOutput, type WireAnswer } from "./wire-answer.ts";

const load = createRequire(import.meta.url);
const authPackage = "google-auth-library";

/** Roots of the REST APIs: https://cloud.google.com/apis/docs/overview */
const hosts = {
  compute: "https://compute.googleapis.com",
  run: "https://run.googleapis.com",
  resourceManager: "https://cloudresourcemanager.googleapis.com",
  iam: "https://iam.googleapis.com",
  networkSecurity: "https://networksecurity.googleapis.com",
  asset: "https://cloudasset.googleapis.com",
  functions: "https://cloudfunctions.googleapis.com",
  networkConnectivity: "https://networkconnectivity.googleapis.com",
  dns: "https://dns.googleapis.com",
  container: "https://container.googleapis.com",
} as const satisfies Record<GcpService, string>;

/** Google's SDK behind one door: its clients where it has a method, its auth library alone where it has none. */
export interface GcpClients {
  /** The project that is asked about; undefined while scopes are looked for. */
  readonly project: string | undefined;
  /** Rejects with an Error that carries `status`, `reason` and `retryAfter` when the API says no. */
  send(request: GcpRequest): Promise<GcpOutput>;
  /** The project of the credential; undefined when it names none. Rejects when there is no credential. */
  homeProject(): Promise<string | undefined>;
}

/** The part of an auth client that is used. */
interface AuthClient {
  request(options: object): Promise<WireAnswer>;
}

interface AuthLibrary {
  readonly GoogleAuth: new (options: object) => {
    getClient(): Promise<AuthClient>;
    getProjectId(): Promise<string>;
  };
  readonly PassThroughClient: new () => AuthClient;
}

/** A request as the SDK has built it, or as REST is asked for. */
interface WireRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers?: unknown;
  readonly body?: unknown;
}

type Transport = (request: WireRequest) => Promise<WireAnswer>;

/** The question during which the SDK asks for the wire: it knows no signal and keeps no raw answer. */
const inFlight = new AsyncLocalStorage<Transport>();

/** The part of an SDK client that is used. */
interface SdkClient {
  initialize(): Promise<unknown>;
  readonly innerApiCalls: Readonly<
    Record<string, (input: object, options: object) => Promise<unknown>>
  >;
}

/** Made once a process: a client holds no credential and no endpoint, only what it knows of its API. */
const sdkClients = new Map<string, SdkClient>();

/** Loads of the SDK what all questions share; each client when it is first asked. Retries and deadlines are the adapter's. */
export function connect(context: CollectContext, project?: string): GcpClients {
  for (const name of [authPackage, ...sdkPackages]) requireInstalled(name);
  // The first client reads the whole of the API's description, which must not eat the first request's deadline.
  clientOf(firstClient.module, firstClient.client);
  const { endpoint } = context.settings;
  const keyless = endpoint !== undefined && isLoopback(endpoint);
  let client: Promise<AuthClient> | undefined;

  async function open(): Promise<AuthClient> {
    const library: AuthLibrary = load(authPackage);
    if (keyless) return new library.PassThroughClient();
    return googleAuth(library).getClient();
  }

  return {
    project,
    async send(request) {
      const { service, location, signal } = request;
      client ??= open();
      const auth = await client;
      const root = rootOf(endpoint, service, location);
      const answers: WireAnswer[] = [];
      const transport: Transport = async ({ url, method, headers, body }) => {
        const answer = await auth.request({
          url: `${root}${url.pathname}${url.search}`,
          method,
          signal,
          retry: false,
          responseType: "text",
          validateStatus: () => true,
          ...(headers !== undefined && { headers }),
          ...(body !== undefined && { body }),
        });
        answers.push(answer);
        return answer;
      };
      const question = sdkQuestion(request);
      if (!question && !isRestOnly(request)) throw new Error(`no client asks for ${request.path}`);
      await (question ? askSdk(question, transport) : transport(restRequest(request)));
      const [answer] = answers;
      if (!answer) throw new Error(`the SDK sent nothing for ${request.path}`);
      return readAnswer(answer);
    },
    async homeProject() {
      if (keyless) return undefined;
      const library: AuthLibrary = load(authPackage);
      const auth = googleAuth(library);
      // Rejects when there is no credential at all, which is another thing than one that names no project.
      await auth.getClient();
      return auth.getProjectId().catch(() => undefined);
    },
  };
}

/** One page: the SDK builds the request, and the transport keeps the answer as it came. */
async function askSdk(question: SdkQuestion, transport: Transport): Promise<void> {
  const { module, client, method, input, routing } = question;
  const sdk = clientOf(module, client);
  await inFlight.run(transport, async () => {
    await sdk.initialize();
    const call = sdk.innerApiCalls[method];
    if (!call) throw tooOld(module, method);
    const headers = { "x-goog-request-params": routing };
    await call(input, { autoPaginate: false, otherArgs: { headers } });
  });
}

function clientOf(module: string, name: string): SdkClient {
  const client = sdkClients.get(module) ?? create(module, name);
  sdkClients.set(module, client);
  return client;
}

function create(module: string, name: string): SdkClient {
  const library: AuthLibrary = load(authPackage);
  const exported: Readonly<Record<string, new (options: object) => SdkClient>> = load(module);
  const Client = exported[name];
  if (!Client) throw tooOld(module, name);
  const authClient = Object.assign(new library.PassThroughClient(), { fetch: fetchInFlight });
  return new Client({ fallback: true, authClient });
}

/**
 * What the SDK takes for `fetch`. It is handed an empty answer: its objects drop fields that it does not know and name
 * others twice, so nothing is read from them, and decoding them would cost more than all the rest.
 */
async function fetchInFlight(
  input: string | URL,
  { method = "GET", headers, body }: { method?: string; headers?: unknown; body?: unknown },
): Promise<Response> {
  const transport = inFlight.getStore();
  if (!transport) throw new Error("the SDK asks outside of a question");
  const url = new URL(input);
  // Numbers in place of the names of enums would not be the API's own JSON.
  url.searchParams.delete("$alt");
  await transport({ url, method, headers, body });
  return new Response("{}");
}

function restRequest({ method = "GET", path, query = {}, body }: GcpRequest): WireRequest {
  const url = new URL(path, "https://googleapis.com");
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  if (!body) return { url, method };
  return {
    url,
    method,
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  };
}

/** What may be read is decided by the credential's roles; every request is a GET or a read by POST. */
function googleAuth(library: AuthLibrary): InstanceType<AuthLibrary["GoogleAuth"]> {
  return new library.GoogleAuth({ scopes: ["https://www.googleapis.com/auth/cloud-platform"] });
}

/** https://cloud.google.com/resource-manager/docs/tags/tags-creating-and-managing#regional-endpoints */
function rootOf(endpoint: string | undefined, service: GcpService, location?: string): string {
  if (endpoint !== undefined) return endpoint.replace(/\/$/, "");
  const root = hosts[service];
  return location === undefined ? root : root.replace("https://", `https://${location}-`);
}

function isLoopback(endpoint: string): boolean {
  const { protocol, hostname } = new URL(endpoint);
  return protocol === "http:" && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

function tooOld(module: string, name: string): PosternError {
  const [scope, rest] = module.split("/");
  return new PosternError("SDK_MISSING", `${scope}/${rest} has no ${name}: it is too old.`, {
    hint: `Run \`npm install ${scope}/${rest}\`.`,
  });
}

/** Before the first question, so that a missing package is an error of the run and not a gap in it. */
function requireInstalled(name: string): void {
  try {
    load.resolve(name);
  } catch (cause) {
    throw new PosternError(
      "SDK_MISSING",
      `Reading Google Cloud needs ${name}, which is not installed.`,
      { hint: `Run \`npm install ${name}\`, or install Postern without --omit=optional.`, cause },
    );
  }
}
