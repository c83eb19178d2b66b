import type { Json } from "../model/json.ts";
import type { AuthenticationFact, AuthenticationVerdict } from "../model/server.ts";
import { clean } from "./clean.ts";
import { hints, isFirewallPage, isHostRefusal, isLoginRedirect } from "./hint.ts";
import { isObject, listOf, parseJson, textOf } from "./json.ts";
import { isJson } from "./rpc.ts";
import { demandsCredentials, refusedByLibrary, rpcErrorText } from "./rpc-error.ts";
import type { Reply } from "./transport.ts";

/** RFC 9728 protected resource metadata as found on the probed host; nothing it names is ever fetched. */
export interface ResourceMetadata {
  readonly resource: string;
  readonly servers: readonly string[];
  readonly mentionsMcp: boolean;
}

export interface AuthenticationSigns {
  /** `toolless`: no tools are offered, and another list was answered. */
  readonly listing: "open" | "empty" | "toolless" | "refused" | "unasked";
  readonly hostCheck: boolean;
  readonly mtls: boolean;
  /** The answer that refused us. */
  readonly refusal?: Reply;
  readonly metadata?: ResourceMetadata;
  /** Whether there is metadata was not asked at every place, or not answered. */
  readonly unread?: boolean;
}

interface Row {
  readonly verdict: AuthenticationVerdict;
  readonly evidence: string;
  readonly when: (reply: Reply, signs: AuthenticationSigns) => boolean;
  readonly scheme?: (reply: Reply) => string | undefined;
}

/** Bounded, like all that is searched for in a body: it may be hostile. */
const keyHeader =
  /\b(X-[\w-]{0,40}?(?:API-?Key|Auth|Token)[\w-]{0,40}|Api-Key|Private-Token|Ocp-Apim-Subscription-Key)\b/i;
const platformIam =
  /"message"\s*:\s*"(?:Forbidden|Missing Authentication Token)"|Your client does not have permission to get URL|"Message"\s*:\s*"Forbidden/;

/**
 * 401 of an application load balancer that checks tokens itself, and of an API Gateway's authorizer.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
function isGateway(headers: ReadonlyMap<string, string>, body: string): boolean {
  if (/^awselb\b/i.test(headers.get("server") ?? "")) return true;
  const passed = headers.has("apigw-requestid") || headers.has("x-amz-apigw-id");
  return passed && /^\s*\{\s*"message"\s*:\s*"Unauthorized"\s*\}\s*$/.test(body);
}

const asksForCredentials = /unauthori[sz]ed|authenticat|credential|access token|api[ _-]?key/i;

/** Schemes that no OAuth metadata goes with. */
const passwords = /^(?:Basic|Digest|Negotiate|NTLM)$/i;

/** What a refusal says. A list that broke off, or that answers another question, speaks of its tools and not to us. */
function saidBy({ status = 0, end, body, events }: Reply): readonly string[] {
  const texts = [body, ...events.map(({ data }) => data)];
  if (status >= 300) return texts;
  if (end !== "complete" && end !== "enough") return [];
  return texts.filter((text) => {
    const value = parseJson(text);
    return !isObject(value) || value["result"] === undefined;
  });
}

function keyHeaderIn(reply: Reply): string | undefined {
  const texts = [reply.headers.get("www-authenticate") ?? "", ...saidBy(reply)];
  return keyHeader.exec(texts.join(" "))?.[1];
}

/** The first row that holds decides. */
const refusals: readonly Row[] = [
  {
    verdict: "front-door",
    evidence: "The request was redirected to a login page",
    when: (reply) => isLoginRedirect(reply),
  },
  {
    verdict: "front-door",
    evidence: "An identity-aware proxy answered",
    when: ({ headers }) =>
      headers.has("x-goog-iap-generated-response") || headers.has("x-ms-middleware-request-id"),
  },
  {
    verdict: "unknown",
    evidence: "The host name was refused, which is no authentication",
    when: (reply) => isHostRefusal(reply),
  },
  {
    verdict: "unknown",
    evidence: "A firewall or content network refused the request",
    when: (reply) => isFirewallPage(reply),
  },
  {
    verdict: "front-door",
    evidence: "The cloud platform refused the request before the server saw it",
    when: ({ status, body }) => status === 403 && platformIam.test(body),
  },
  {
    verdict: "front-door",
    evidence: "A gateway checks tokens before the server sees the request",
    when: ({ status, body, headers }) =>
      status === 401 && (isGateway(headers, body) || /\bJwt is missing\b/.test(body)),
    scheme: schemeOf,
  },
  {
    verdict: "oauth",
    evidence: "The refusal names an authorization server",
    when: ({ headers }) => /\bauthorization_uri\s*=/i.test(headers.get("www-authenticate") ?? ""),
    scheme: () => "Bearer",
  },
  {
    verdict: "oauth",
    evidence: "The refusal names OAuth metadata (RFC 9728)",
    when: ({ headers }) => /resource_metadata\s*=/i.test(headers.get("www-authenticate") ?? ""),
    scheme: () => "Bearer",
  },
  {
    verdict: "oauth",
    evidence: "A token with more scope is demanded",
    when: ({ headers }) => /insufficient_scope/i.test(headers.get("www-authenticate") ?? ""),
    scheme: () => "Bearer",
  },
  {
    verdict: "static-secret",
    evidence: "The refusal names a header that carries a key",
    when: (reply) => keyHeaderIn(reply) !== undefined,
    scheme: keyHeaderIn,
  },
  {
    verdict: "oauth",
    evidence: "OAuth metadata is published and the request was refused",
    when: (reply, { metadata }) => metadata !== undefined && asksForOne(reply),
    scheme: schemeOf,
  },
  {
    verdict: "unknown",
    evidence:
      "A token is demanded; whether OAuth metadata tells who gives it out could not be read",
    when: (reply, { unread }) =>
      unread === true && reply.status === 401 && !passwords.test(schemeOf(reply) ?? ""),
    scheme: schemeOf,
  },
  {
    verdict: "static-secret",
    evidence: "A password or token is demanded and no OAuth metadata is published",
    when: ({ status }) => status === 401 || status === 407,
    scheme: schemeOf,
  },
  {
    verdict: "static-secret",
    evidence: "The list was answered with an error that asks for credentials",
    when: (reply, { listing }) =>
      listing === "refused" && asksForCredentials.test(saidBy(reply).join("\n")),
  },
  {
    verdict: "static-secret",
    evidence: "The handshake was answered with an error that asks for credentials",
    when: demandsCredentials,
  },
];

/** Who asked is to show who they are, whatever the status says. */
export function asksForOne(reply: Reply): boolean {
  return reply.status === 401 || demandsCredentials(reply);
}

/** Verdict on what stands between a caller and the tools; never `open` without an answered list. */
export function judgeAuthentication(signs: AuthenticationSigns): AuthenticationFact {
  const { listing, hostCheck, mtls, refusal, metadata } = signs;
  const advertisesOauth = metadata !== undefined;
  if (mtls) {
    const evidence = ["The TLS handshake demands a client certificate"];
    return { verdict: "mtls", evidence, advertisesOauth };
  }
  const row = refusal && refusals.find(({ when }) => when(refusal, signs));
  if (refusal && row) {
    const scheme = row.scheme?.(refusal);
    return {
      verdict: row.verdict,
      ...(scheme !== undefined && { scheme: clean(scheme, 64) }),
      evidence: [row.evidence, statusLine(refusal), ...authorizationServers(metadata)],
      advertisesOauth,
    };
  }
  if (listing === "refused" || listing === "unasked") {
    return { verdict: "unknown", evidence: ["No list was answered"], advertisesOauth };
  }
  return {
    verdict: hostCheck ? "host-check" : "open",
    evidence: openEvidence(signs),
    advertisesOauth,
  };
}

/** Hosts that the metadata names; none of them is ever asked. */
function authorizationServers(metadata: ResourceMetadata | undefined): string[] {
  const hosts = (metadata?.servers ?? []).flatMap((server) =>
    URL.canParse(server) ? [clean(new URL(server).host)] : [],
  );
  return hosts.length === 0 ? [] : [`Tokens come from ${[...new Set(hosts)].join(", ")}`];
}

function openEvidence({ listing, hostCheck, metadata }: AuthenticationSigns): string[] {
  return [
    listing === "toolless"
      ? "Another list than that of tools, which it does not offer, was answered without credentials"
      : "tools/list was answered without credentials",
    ...(listing === "empty" ? ["The list is empty: it may depend on the caller"] : []),
    ...(hostCheck ? ["Only the Host header is checked, and any client can send localhost"] : []),
    ...(metadata ? ["OAuth metadata is published but not enforced on the listing"] : []),
  ];
}

function statusLine({ status, headers }: Reply): string {
  const challenge = headers.get("www-authenticate");
  return clean(
    `HTTP ${status ?? "-"}${challenge === undefined ? "" : `, WWW-Authenticate: ${challenge}`}`,
    300,
  );
}

function schemeOf({ headers }: Reply): string | undefined {
  return /^\s*([A-Za-z][\w-]*)/.exec(headers.get("www-authenticate") ?? "")?.[1];
}

export function readResourceMetadata(reply: Reply): ResourceMetadata | undefined {
  const value = reply.status === 200 && isJson(reply) ? parseJson(reply.body) : undefined;
  if (!isObject(value)) return undefined;
  const resource = textOf(value["resource"]) ?? "";
  const given = listOf(value["authorization_servers"]);
  // Some publish a bare name, or none, for what has to be a URL.
  if (!URL.canParse(resource) && !given.some(isUrl)) return undefined;
  const scopes = listOf(value["scopes_supported"]).filter((scope) => typeof scope === "string");
  return {
    resource: clean(resource),
    servers: given.slice(0, 10).flatMap((item) => (typeof item === "string" ? [clean(item)] : [])),
    mentionsMcp: /mcp/i.test(`${resource} ${scopes.join(" ")}`),
  };
}

function isUrl(value: Json): boolean {
  return typeof value === "string" && URL.canParse(value);
}

export interface RefusalSigns {
  readonly refusal: Reply;
  /** The same request at a path that no server has. */
  readonly control?: Reply;
  readonly preflight?: Reply;
  readonly metadata?: ResourceMetadata;
}

function isRpc(refusal: Reply): boolean {
  const body = isJson(refusal) ? parseJson(refusal.body) : undefined;
  return (isObject(body) && body["jsonrpc"] === "2.0") || rpcErrorText(refusal) !== undefined;
}

const realmOfMcp = /\brealm\s*=\s*"?[^",]{0,100}\bmcp\b/i;
const metadataOfMcp = /resource_metadata\s*=\s*"?[^",\s]*(?:mcp|sse)\/?"?\s*(?:,|$)/i;

/** Throttling and failures of a gateway, which come to any question. */
const unsaid = new Set([429, 502, 503, 504]);

/** Points, each with its reason; 3 make `auth-required`, 2 make `likely`. Weights after the measured servers and decoys. */
export function scoreRefusal({ refusal, control, preflight, metadata }: RefusalSigns): {
  score: number;
  because: string[];
} {
  const challenge = refusal.headers.get("www-authenticate") ?? "";
  const told = control?.status !== undefined && !unsaid.has(control.status);
  const specific = told && control.status !== refusal.status;
  const published = metadata !== undefined || /resource_metadata\s*=/i.test(challenge);
  const points: readonly (readonly [holds: boolean, points: number, because: string])[] = [
    [isRpc(refusal), 2, "the refusal is a JSON-RPC message"],
    [hints.names(refusal) || realmOfMcp.test(challenge), 2, "the refusal names MCP"],
    [specific, 2, "only this path is refused"],
    [refusedByLibrary(refusal), 2, "it is refused in the words of MCP's libraries"],
    [published, 1, "OAuth metadata is published"],
    [metadataOfMcp.test(challenge), 2, "the OAuth metadata belongs to an MCP path"],
    [metadata?.mentionsMcp === true, 2, "the OAuth metadata mentions MCP"],
    [
      [preflight, refusal].some((reply) => reply && hints.headers(reply)),
      3,
      "CORS lets MCP headers through",
    ],
  ];
  const held = points.filter(([holds]) => holds);
  return {
    score: held.reduce((sum, [, value]) => sum + value, 0),
    because: held.map(([, , because]) => because),
  };
}
