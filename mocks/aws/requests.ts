import type { IncomingHttpHeaders } from "node:http";
import type { AwsRequest } from "./faults.ts";
import { operation, restOperations, type Shape } from "./schema.ts";
import { factsOf, serviceNames, type Service } from "./services.ts";

export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is asked. The region is the one the request was signed for; the host is ours whatever it is. */
export function parseRequest(wire: WireRequest): AwsRequest | undefined {
  const scope = /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\//.exec(
    wire.headers.authorization ?? "",
  );
  const [, region, signed] = scope ?? [];
  if (region === undefined || signed === undefined) return undefined;
  const found = byTarget(wire) ?? byPath(wire, signed) ?? byVersion(wire);
  return found && { ...found, region };
}

type Asked = Omit<AwsRequest, "region">;

function byVersion({ body }: WireRequest): Asked | undefined {
  const {
    Action: action,
    Version: version,
    ...params
  } = Object.fromEntries(new URLSearchParams(body));
  const service = serviceNames.find(
    (name) => version !== undefined && factsOf(name).version === version,
  );
  return action && service ? { service, action, params } : undefined;
}

function byTarget({ headers, body }: WireRequest): Asked | undefined {
  const [target, action] = String(headers["x-amz-target"] ?? "").split(".");
  const service = serviceNames.find((name) => target !== "" && factsOf(name).target === target);
  if (!service || action === undefined) return undefined;
  const given: unknown = body === "" ? {} : JSON.parse(body);
  const params = Object.entries(typeof given === "object" && given !== null ? given : {}).map(
    ([name, value]: [string, unknown]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ],
  );
  return { service, action, params: Object.fromEntries(params) };
}

function byPath({ method, url }: WireRequest, signed: string): Asked | undefined {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  for (const service of serviceNames.filter((name) => factsOf(name).signed === signed)) {
    for (const { action, verb, pattern, labels } of restOperations(service)) {
      const match = verb === method ? pattern.exec(pathname) : null;
      if (!match) continue;
      const named = labels.map((label, index) => [
        label,
        decodeURIComponent(match[index + 1] ?? ""),
      ]);
      const query = [...searchParams].map(([name, value]) => [
        memberOf(service, action, name),
        value,
      ]);
      return { service, action, params: Object.fromEntries([...named, ...query]) };
    }
  }
  return undefined;
}

/** The member that stands in the query under this name. */
function memberOf(service: Service, action: string, query: string): string {
  const input: Shape | undefined = operation(service, action)?.input;
  const members = input?.kind === "struct" ? input.members : [];
  return members.find(({ traits }) => traits.httpQuery === query)?.name ?? query;
}
