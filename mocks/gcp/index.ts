import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { serve } from "../serve.ts";
import type { Answer, GcpWorld, Row } from "./answer.ts";
import { faultPicker, refusalOf, type Fault, type GcpRequest, type Refusal } from "./faults.ts";
import { requestOf } from "./routes.ts";
import { answerOf, placesIn } from "./world.ts";

export type { Fault } from "./faults.ts";
export type { GcpWorld } from "./answer.ts";

export interface GcpMock {
  readonly url: string;
  close(): Promise<void>;
  /** Every request that was understood, in the order of arrival. */
  readonly calls: readonly GcpRequest[];
}

/** Serves a world on a free loopback port in the wire format of Google's REST APIs. */
export async function startGcpMock(
  world: GcpWorld,
  options: { faults?: readonly Fault[]; pageSize?: number } = {},
): Promise<GcpMock> {
  const calls: GcpRequest[] = [];
  const pick = faultPicker(options.faults ?? []);
  const server = createServer({ keepAliveTimeout: 0 }, (message, response) => {
    handle(message, response).catch((error: unknown) => send(response, refusalOf(String(error))));
  });

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? "/", "http://mock");
    const body = await text(message);
    const path = decodeURIComponent(url.pathname);
    const request = requestOf(message.method ?? "GET", path, url.searchParams, body);
    if (!request) return send(response, refusalOf("not-found"));
    calls.push(request);
    const fault = pick(request);
    if (fault?.kind === "hang") return;
    if (fault?.kind === "reset") return void response.destroy();
    if (fault && fault.kind !== "partial")
      return send(response, refusalOf(fault.kind, fault.retryAfter));
    const answer = without(answerOf(world, request), fault?.place);
    const paging = pagingOf(url.searchParams, options.pageSize);
    const place = { places: placesIn(world.config), missing: fault?.place };
    send(response, replyOf(answer, { ...paging, ...place }), url.href);
  }

  return { ...(await serve(server)), calls };
}

function pagingOf(query: URLSearchParams, most = 500): Pick<Paging, "size" | "offset"> {
  return {
    size: Math.min(most, Number(query.get("maxResults") ?? most)),
    offset: Number(query.get("pageToken")?.replace("offset:", "") ?? 0),
  };
}

function without(answer: Answer, place: string | undefined): Answer {
  if (answer.kind !== "aggregated" || place === undefined) return answer;
  return { ...answer, rows: answer.rows.filter((row) => row.place !== place) };
}

interface Paging {
  readonly size: number;
  readonly offset: number;
  readonly places: readonly string[];
  readonly missing: string | undefined;
}

function replyOf(answer: Answer, { size, offset, places, missing }: Paging): Refusal {
  if (answer.kind === "error") return refusalOf(faultNamed(answer.name));
  if (answer.kind === "body") return { status: 200, body: answer.body };
  const rows: readonly (Json | Row)[] = answer.rows;
  const next = offset + size < rows.length ? { nextPageToken: `offset:${offset + size}` } : {};
  const items =
    answer.kind === "list"
      ? answer.rows.slice(offset, offset + size)
      : scopes(answer.key, answer.rows.slice(offset, offset + size), places);
  const silent =
    missing === undefined
      ? {}
      : {
          unreachables: [`https://www.googleapis.com/compute/v1/projects/p/${missing}`],
          warning: {
            code: "PARTIAL_SUCCESS",
            message: "Some of the requested scopes could not be read.",
          },
        };
  return { status: 200, body: { kind: "compute#list", id: "list", items, ...next, ...silent } };
}

/** Each zone and region is named on each page; those without rows carry a warning that says only that. */
function scopes(key: string, rows: readonly Row[], places: readonly string[]): JsonObject {
  const names = [...new Set([...places, ...rows.map(({ place }) => place)])];
  return Object.fromEntries(
    names.map((name): [string, Json] => {
      const own = rows.filter(({ place }) => place === name).map(({ item }) => item);
      const data = [{ key: "scope", value: name }];
      const message = `There are no results for scope '${name}' on this page.`;
      return [
        name,
        own.length > 0
          ? { [key]: own }
          : { warning: { code: "NO_RESULTS_ON_PAGE", message, data } },
      ];
    }),
  );
}

function faultNamed(name: string): string {
  if (/not.?found|404/i.test(name)) return "not-found";
  return /rateLimit|quota|EXHAUSTED|429/i.test(name) ? "throttle" : "deny";
}

function send(response: ServerResponse, { status, body, retryAfter }: Refusal, about = ""): void {
  const id = createHash("sha256").update(about).digest("hex").slice(0, 32);
  response.writeHead(status, {
    "content-type": "application/json; charset=UTF-8",
    "x-goog-request-id": id,
    ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
  });
  response.end(JSON.stringify(body));
}
