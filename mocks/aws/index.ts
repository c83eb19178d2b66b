import { createHash } from "node:crypto";
import { serve } from "../serve.ts";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { answerOf } from "./answers.ts";
import { failureOf, faultPicker, type AwsRequest, type Fault } from "./faults.ts";
import { pageOf } from "./paging.ts";
import { refuse, succeed, type Reply } from "./replies.ts";
import { parseRequest } from "./requests.ts";
import { operation } from "./schema.ts";
import type { AwsWorld } from "./world.ts";

export type { Fault } from "./faults.ts";
export type { AwsConfig, AwsWorld } from "./world.ts";

export interface AwsMock {
  readonly url: string;
  close(): Promise<void>;
  /** Every request that was understood, in the order of arrival. */
  readonly calls: readonly AwsRequest[];
}

/** Serves a world on a free loopback port in AWS's wire formats. */
export async function startAwsMock(
  world: AwsWorld,
  options: { faults?: readonly Fault[]; pageSize?: number } = {},
): Promise<AwsMock> {
  const calls: AwsRequest[] = [];
  const pick = faultPicker(options.faults ?? []);
  // No idle timeout: a socket that closes just when a client takes it up again would be a fault nobody asked for.
  const server = createServer({ keepAliveTimeout: 0 }, (message, response) => {
    handle(message, response).catch((error: unknown) => {
      const failure = { status: 500, code: "InternalFailure", message: String(error) };
      send(response, refuse("ec2", failure, ""));
    });
  });

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = message;
    const request = parseRequest({ method, url, headers, body: await text(message) });
    if (!request)
      return send(
        response,
        refuse("ec2", { status: 400, code: "InvalidAction", message: "Unknown request" }, ""),
      );
    calls.push(request);
    const fault = pick(request);
    if (fault?.kind === "hang") return;
    if (fault?.kind === "reset") return void response.destroy();
    send(response, fault ? failed(fault, request) : answer(world, request, options.pageSize));
  }

  return { ...(await serve(server)), calls };
}

function answer(world: AwsWorld, request: AwsRequest, pageSize: number | undefined): Reply {
  const { service, action } = request;
  const schemas = operation(service, action);
  if (!schemas) {
    const message = `The action ${action} is not valid for this web service.`;
    return refuse(service, { status: 400, code: "InvalidAction", message }, requestId(request, 0));
  }
  const found = answerOf(world, request, schemas.output);
  if (found.kind === "error") {
    const message = `${found.code} as the world says`;
    return refuse(
      service,
      { status: statusOf(found.code), code: found.code, message },
      requestId(request, 0),
    );
  }
  const page = pageOf(request, schemas.input, found.body, pageSize);
  if (page.kind === "refused") {
    return refuse(service, { status: 400, ...page }, requestId(request, 0));
  }
  const id = requestId(request, page.offset);
  return succeed(service, action, schemas.answer, page.body, id);
}

function failed(fault: Fault, request: AwsRequest): Reply {
  const id = requestId(request, 0);
  if (fault.kind === "html-404") {
    const body =
      "<html><head><title>404 Not Found</title></head><body><h1>Not Found<hr></body></html>";
    return { status: 404, type: "text/html", body, requestId: id };
  }
  return refuse(request.service, failureOf(fault, request.service), id);
}

function send(
  response: ServerResponse,
  { status, body, type, errorType, headers, requestId: id, retryAfter }: Reply,
): void {
  response.writeHead(status, {
    "content-type": type ?? "text/xml;charset=UTF-8",
    "x-amzn-requestid": id,
    ...headers,
    ...(errorType !== undefined && { "x-amzn-errortype": errorType }),
    ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
  });
  response.end(body);
}

/** The same for the same (call, params, page), so that two runs record the same bytes. */
function requestId({ service, action, region, params }: AwsRequest, offset: number): string {
  const facts = JSON.stringify([
    service,
    action,
    region,
    new URLSearchParams(params).toString(),
    offset,
  ]);
  const hex = createHash("sha256").update(facts).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join("-");
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
function statusOf(code: string): number {
  if (/NotFound|NoSuch/.test(code)) return 404;
  return /AccessDenied|UnauthorizedOperation|AuthFailure|InvalidClientTokenId/.test(code)
    ? 403
    : 400;
}
