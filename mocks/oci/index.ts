import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { ociAnswers, ociTenancy } from "../../src/conformance/scenario-oci.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { serve } from "../serve.ts";
import {
  failureOf,
  failures,
  faultPicker,
  type Failure,
  type Fault,
  type OciRequest,
} from "./faults.ts";
import { callOf, type OciCall } from "./routes.ts";

export type { Fault } from "./faults.ts";

/** What there is, region by region, in the words of a labelled case. */
export interface OciWorld {
  readonly regions: Readonly<Record<string, JsonObject>>;
}

export interface OciMock {
  readonly url: string;
  /** Tells the server the region in the path; OCI has a host for each. */
  readonly endpoint: string;
  readonly tenancy: string;
  close(): Promise<void>;
  /** Every request that was understood, in the order of arrival. */
  readonly calls: readonly OciRequest[];
}

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly requestId: string;
  readonly type?: string;
  readonly next?: string;
  readonly retryAfter?: number;
}

interface Asked extends OciCall {
  readonly region: string;
  readonly query: URLSearchParams;
}

/** Serves a world on a free loopback port in the wire format of OCI's services, all of them on one port. */
export async function startOciMock(
  world: OciWorld,
  options: { faults?: readonly Fault[]; pageSize?: number } = {},
): Promise<OciMock> {
  const calls: OciRequest[] = [];
  const pick = faultPicker(options.faults ?? []);
  const answers = answersOf(world);
  const server = createServer({ keepAliveTimeout: 0 }, (message, response) => {
    try {
      handle(message, response);
    } catch (error) {
      const failure = { status: 500, code: "InternalServerError", message: String(error) };
      send(response, refuse(failure, ""));
    }
  });

  function handle(message: IncomingMessage, response: ServerResponse): void {
    const asked = parse(world, message.url ?? "/");
    if (!isSigned(message)) return send(response, refuse(failures.unauthenticated, ""));
    if (!asked) {
      const failure = { status: 404, code: "NotFound", message: `${message.url} is no operation` };
      return send(response, refuse(failure, ""));
    }
    const { call, region, params } = asked;
    const request = { call, region, params };
    calls.push(request);
    const fault = pick(request);
    if (fault?.kind === "hang") return;
    if (fault?.kind === "reset") return void response.destroy();
    send(response, fault ? failed(fault, asked) : answer(answers, asked, options.pageSize));
  }

  const served = await serve(server);
  return { ...served, endpoint: `${served.url}/{region}`, tenancy: ociTenancy, calls };
}

type Answers = ReadonlyMap<string, Json>;

function answersOf({ regions }: OciWorld): Answers {
  const names = Object.keys(regions);
  const subscriptions = names.map((regionName, i) => ({
    regionKey: regionName.slice(3, 6).toUpperCase(),
    regionName,
    status: "READY",
    isHomeRegion: i === 0,
  }));
  return new Map(
    Object.entries(regions).flatMap(([region, config]) =>
      ociAnswers(config).map(({ call, params, body }): [string, Json] => [
        keyOf({ region, call, params }),
        call === "identity:ListRegionSubscriptions" ? subscriptions : body,
      ]),
    ),
  );
}

function keyOf({
  region,
  call,
  params,
}: {
  region: string;
  call: string;
  params: JsonObject;
}): string {
  const sorted = Object.entries(params).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([region, call, sorted]);
}

/** `[/<region>]/<version>/<path>`; without a region the first one is meant. A domain's own address comes as a part of the path. */
function parse(world: OciWorld, target: string): Asked | undefined {
  const url = new URL(target, "http://mock");
  const domain = /\/domains\/([^/]+)\/admin\/v1\/DynamicResourceGroups$/.exec(url.pathname)?.[1];
  if (domain !== undefined) {
    const params = { domain: decodeURIComponent(domain) };
    const call = "identitydomains:ListDynamicResourceGroups";
    const region = Object.keys(world.regions)[0] ?? "";
    return { call, params, empty: undefined, region, query: url.searchParams };
  }
  const parts = /^(?:\/([a-z]+(?:-[a-z]+)+-\d+))?\/(\d{8})(\/.*)$/.exec(url.pathname);
  const [, named, version = "", path = ""] = parts ?? [];
  const region = named ?? Object.keys(world.regions)[0] ?? "";
  const call = callOf(version, path, url.searchParams);
  return call && { ...call, region, query: url.searchParams };
}

/** https://docs.oracle.com/en-us/iaas/Content/API/Concepts/signingrequests.htm; the key itself is nobody's. */
function isSigned({ headers }: IncomingMessage): boolean {
  const given = headers.authorization ?? "";
  const signed = /headers="([^"]*)"/.exec(given)?.[1]?.split(" ") ?? [];
  return (
    /^Signature .*keyId="[^"]+"/.test(given) &&
    /algorithm="rsa-sha256"/.test(given) &&
    /signature="[^"]+"/.test(given) &&
    ["(request-target)", "host"].every((name) => signed.includes(name)) &&
    (signed.includes("date") || signed.includes("x-date"))
  );
}

const healthy = {
  status: "OK",
  warningStateBackendNames: [],
  criticalStateBackendNames: [],
  unknownStateBackendNames: [],
};

function answer(answers: Answers, asked: Asked, pageSize: number | undefined): Reply {
  const { call, empty, query } = asked;
  const found = answers.get(keyOf(asked));
  if (empty === undefined) {
    const body = found ?? (call.endsWith(":GetBackendSetHealth") ? healthy : undefined);
    return body === undefined ? refuse(failures.deny, requestId(asked, 0)) : done(asked, body, 0);
  }
  const all = listOf(found ?? []);
  const offset = offsetOf(query.get("page"));
  if (offset === undefined) {
    const message = "page is not a token of this list";
    return refuse({ status: 400, code: "InvalidParameter", message }, requestId(asked, 0));
  }
  const size = Math.min(pageSize ?? Infinity, Number(query.get("limit") ?? 1000));
  const items = all.slice(offset, offset + size);
  const next = offset + size < all.length ? tokenOf(offset + size) : undefined;
  return done(asked, empty === "items" ? { items } : items, offset, next);
}

function listOf(body: Json): readonly Json[] {
  if (isList(body)) return body;
  const inner = typeof body === "object" && body !== null ? Reflect.get(body, "items") : undefined;
  return Array.isArray(inner) ? inner : [];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

const tokenOf = (offset: number): string => Buffer.from(`at ${offset}`).toString("base64url");

function offsetOf(token: string | null): number | undefined {
  if (token === null) return 0;
  const offset = /^at (\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  return offset === undefined ? undefined : Number(offset);
}

function done(asked: Asked, body: Json, offset: number, next?: string): Reply {
  const id = requestId(asked, offset);
  return {
    status: 200,
    body: JSON.stringify(body),
    requestId: id,
    ...(next !== undefined && { next }),
  };
}

function failed(fault: Fault, asked: Asked): Reply {
  const id = requestId(asked, 0);
  if (fault.kind === "html")
    return { status: 502, type: "text/html", body: "<html>Bad Gateway</html>", requestId: id };
  const { retryAfter } = fault;
  return { ...refuse(failureOf(fault), id), ...(retryAfter !== undefined && { retryAfter }) };
}

function refuse({ status, code, message }: Failure, id: string): Reply {
  return { status, body: JSON.stringify({ code, message }), requestId: id };
}

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, {
    "content-type": reply.type ?? "application/json",
    "content-length": Buffer.byteLength(reply.body),
    "opc-request-id": reply.requestId,
    ...(reply.next !== undefined && { "opc-next-page": reply.next }),
    ...(reply.retryAfter !== undefined && { "retry-after": String(reply.retryAfter) }),
  });
  response.end(reply.body);
}

/** The same for the same (call, params, page), so that two runs record the same bytes. */
function requestId({ call, region, params }: Asked, offset: number): string {
  const facts = JSON.stringify([call, region, params, offset]);
  return createHash("sha256").update(facts).digest("hex").slice(0, 32).toUpperCase();
}
