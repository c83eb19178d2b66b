import { createRequire } from "node:module";
import { PosternError } from "../../src/errors.ts";
import type { CollectContext } from "../../src/model/adapter.ts";
import type { JsonObject } from "../../src/model/json.ts";

const load = createRequire(import.meta.url);
const authPackage = "google-auth-library";

/** Roots of the REST APIs: https://cloud.google.com/apis/docs/overview */
const hosts = {
  compute: "https://compute.googleapis.com",
  run: "https://run.googleapis.com",
  resourceManager: "https://cloudresourcemanager.googleapis.com",
  iam: "https://iam.googleapis.com",
  networkSecurity: "https://networksecurity.googleapis.com",
} as const satisfies Record<string, string>;

export type GcpService = keyof typeof hosts;

export interface GcpRequest {
  readonly service: GcpService;
  /** Zone or region whose own endpoint must answer, where the API has such. */
  readonly location?: string;
  readonly method?: "GET" | "POST";
  /** From the root: `/compute/v1/projects/p/global/firewalls`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: JsonObject;
  readonly signal: AbortSignal;
}

export interface GcpOutput {
  /** The wire's own JSON, as it came. */
  readonly body: unknown;
  readonly requestId?: string;
}

/** One REST request through the client that Google's SDK signs with. */
export interface GcpClients {
  /** The project that is asked about; undefined while scopes are looked for. */
  readonly project: string | undefined;
  /** Rejects with an Error that carries `status`, `reason` and `retryAfter` when the API says no. */
  send(request: GcpRequest): Promise<GcpOutput>;
  /** The project of the credential; undefined when it names none. */
  homeProject(): Promise<string | undefined>;
}

interface WireAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly data: unknown;
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

/** Loads nothing before the first request. Retries and deadlines are the adapter's. */
export function connect(context: CollectContext, project?: string): GcpClients {
  requireInstalled(authPackage);
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
    async send({ service, location, method = "GET", path, query = {}, body, signal }) {
      client ??= open();
      const url = new URL(`${rootOf(endpoint, service, location)}${path}`);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
      const answer = await (
        await client
      ).request({
        url: url.href,
        method,
        signal,
        retry: false,
        responseType: "text",
        validateStatus: () => true,
        ...(body && {
          body: JSON.stringify(body),
          headers: { "content-type": "application/json" },
        }),
      });
      return readAnswer(answer);
    },
    async homeProject() {
      if (keyless) return undefined;
      const library: AuthLibrary = load(authPackage);
      return googleAuth(library)
        .getProjectId()
        .catch(() => undefined);
    },
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

function readAnswer({ status, headers, data }: WireAnswer): GcpOutput {
  const text = typeof data === "string" ? data : JSON.stringify(data ?? null);
  const body = parsed(text);
  if (status < 200 || status >= 300) throw refusal(status, headers, body);
  if (body === undefined) throw refusal(status, headers, undefined);
  const requestId = headers.get("x-goog-request-id") ?? headers.get("x-cloud-trace-context");
  return { body, ...(requestId !== null && { requestId }) };
}

/** https://cloud.google.com/apis/design/errors#http_mapping */
function refusal(status: number, headers: WireAnswer["headers"], body: unknown): Error {
  const error = member(body, "error");
  const list = member(error, "errors");
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  const message = textOf(member(error, "message")) ?? "The answer is not Google's JSON";
  return Object.assign(new Error(message), {
    name: "GcpError",
    status,
    reason: textOf(member(first, "reason")) ?? textOf(member(error, "status")) ?? "",
    retryAfter: headers.get("retry-after") ?? "",
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
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
