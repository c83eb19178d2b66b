import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Failure } from "./faults.ts";
import { toWireJson } from "./json.ts";
import { shapeOf } from "./schema.ts";
import { factsOf, type Service } from "./services.ts";
import { escapeXml, toXml } from "./xml.ts";

export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly requestId: string;
  readonly type?: string;
  readonly errorType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly retryAfter?: number;
}

const json = "application/json";

/** An answer in the service's wire format. */
export function succeed(
  service: Service,
  action: string,
  output: unknown,
  body: JsonObject,
  id: string,
): Reply {
  const { protocol, namespace = "" } = factsOf(service);
  if (protocol === "json" || protocol === "rest-json")
    return {
      status: 200,
      type: json,
      body: JSON.stringify(toWireJson(output, body)),
      requestId: id,
    };
  if (protocol === "rest-xml")
    return {
      status: 200,
      body:
        service === "route53"
          ? `<${action}Response xmlns="${namespace}">${toXml(shapeOf(output), body)}</${action}Response>`
          : document(action, output, body, namespace),
      headers: headersOf(output, body),
      requestId: id,
    };
  const inner = toXml(shapeOf(output), body);
  const open = `<${action}Response xmlns="${namespace}">`;
  const whole =
    protocol === "ec2"
      ? `${open}<requestId>${id}</requestId>${inner}</${action}Response>`
      : `${open}<${action}Result>${inner}</${action}Result><ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, body: whole, requestId: id };
}

/** Most of CloudFront's answers are one member, which is the document. */
function document(action: string, output: unknown, body: JsonObject, namespace: string): string {
  const shape = shapeOf(output);
  const members = shape.kind === "struct" ? shape.members : [];
  const payload = members.find(({ traits }) => traits.payload === true);
  if (!payload)
    return `<${action}Result xmlns="${namespace}">${toXml(shape, body)}</${action}Result>`;
  const { name, schema } = payload;
  const value: Json = body[name] ?? {};
  return `<${name} xmlns="${namespace}">${toXml(shapeOf(schema), value)}</${name}>`;
}

function headersOf(output: unknown, body: JsonObject): Record<string, string> {
  const shape = shapeOf(output);
  const members = shape.kind === "struct" ? shape.members : [];
  return Object.fromEntries(
    members.flatMap(({ name, traits }): [string, string][] => {
      const value = body[name];
      return traits.httpHeader === undefined || typeof value !== "string"
        ? []
        : [[traits.httpHeader, value]];
    }),
  );
}

export function refuse(
  service: Service,
  { status, code, message, retryAfter }: Failure,
  id: string,
): Reply {
  const { protocol, namespace = "" } = factsOf(service);
  const later = retryAfter === undefined ? {} : { retryAfter };
  if (protocol === "json" || protocol === "rest-json") {
    const body = JSON.stringify({ __type: code, message });
    return { status, type: json, errorType: code, body, requestId: id, ...later };
  }
  const error = `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
  const body =
    protocol === "ec2"
      ? `<Response><Errors><Error>${error}</Error></Errors><RequestID>${id}</RequestID></Response>`
      : `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type>${error}</Error><RequestId>${id}</RequestId></ErrorResponse>`;
  return { status, body, requestId: id, ...later };
}
