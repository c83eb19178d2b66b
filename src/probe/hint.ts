import type { Line } from "./line.ts";
import type { Stopped } from "./sighting.ts";
import type { End } from "./ends.ts";
import type { Reply } from "./transport.ts";

/** Texts by which servers name MCP in an error, each seen in a published server. */
const strong =
  /Unsupported protocol version|supported versions|Server not initialized|Mcp-Session-Id|MCP-Protocol-Version|server_missing_modern_protocol_support|Missing sessionId|No sessionId|session id is required|Model Context Protocol|for MCP protocol/i;

/** Texts by which servers ask for a session first, with whatever status; alone they say nothing. */
const lacking =
  /session ?(?:id )?(?:(?:is |was )?(?:not found|missing|terminated|expired|required)|does not exist)|(?:invalid|missing|unknown|\bno(?: valid| active| such)?)(?: or \w{1,40})? session|expect(?:ed)? initialize|(?:must|please) (?:be )?initiali[sz]e|\bnot (?:yet )?initiali[sz]ed/i;

/** Other texts of frameworks that only an MCP `initialize` settles. */
const protocolText = /must accept|Accept (?:header )?must|text\/event-stream required|JSON-?RPC/i;

const hostText =
  /invalid host|host header|host (?:is )?not allowed|only allowed at|access is only allowed|forbidden: .{0,200}host|origin validation failed/i;

const loginText = /\/(?:login|signin|sign-in|sso|authorize|oauth2?|saml)\b|accounts\.google/i;

const firewallServer =
  /awselb|AkamaiGHost|cloudflare|CloudFront|Imperva|BIG-IP|Azure-Azfd|x-azure-ref/i;

/** Refusals, absences and failures of a gateway: the same answer would come to any other question. */
const unsaid = new Set([401, 403, 404, 407, 410, 429, 502, 503, 504]);

/** The server itself says that this place is read and not posted to. */
function takesNoPost({ status, headers }: Reply): boolean {
  const allow = headers.get("allow");
  return status === 405 && allow !== undefined && allow !== "" && !/\bPOST\b/i.test(allow);
}

/** Markup; a bare text that a library calls HTML for want of a type is none. */
function isPage({ headers, body }: Reply): boolean {
  return /html/i.test(headers.get("content-type") ?? "") && /<[a-z!/]/i.test(body);
}

export const hints = {
  /** A page for people may be about anything: only data and plain text count. */
  names: (reply: Reply): boolean => strong.test(reply.body) && !isPage(reply),
  /** CORS tells browsers of MCP's headers, often on every answer of a server, errors and refusals too. */
  headers({ headers }: Reply): boolean {
    const allowed = headers.get("access-control-allow-headers") ?? "";
    const exposed = headers.get("access-control-expose-headers") ?? "";
    return /\bmcp-(?:session-id|protocol-version|method)\b/i.test(`${allowed} ${exposed}`);
  },
  session: (reply: Reply): boolean =>
    (lacking.test(reply.body) || protocolText.test(reply.body)) && !isPage(reply),
  /** Worth an `initialize` at the same path. */
  initialize(reply: Reply): boolean {
    const { status = 0, headers } = reply;
    if (hints.names(reply)) return true;
    if (takesNoPost(reply)) return false;
    if (status >= 400 && !unsaid.has(status)) return true;
    if (status === 404 && hints.session(reply)) return true;
    if (lacksSession(reply)) return true;
    const type = headers.get("content-type") ?? "";
    return status >= 200 && status < 300 && /json|event-stream/i.test(type);
  },
} as const;

export function isHostRefusal({ status = 0, body }: Reply): boolean {
  return (status === 403 || status === 421 || status === 400) && hostText.test(body);
}

export function isLoginRedirect({ status = 0, headers }: Reply): boolean {
  return [301, 302, 303, 307].includes(status) && loginText.test(headers.get("location") ?? "");
}

/** Refused for want of a session: it is asked for before credentials are, or instead. */
export function lacksSession(reply: Reply): boolean {
  const refused = reply.status === 401 || reply.status === 403;
  return (
    refused && !reply.headers.has("www-authenticate") && lacking.test(reply.body) && !isPage(reply)
  );
}

export function isRefusal(reply: Reply): boolean {
  return [401, 403, 407].includes(reply.status ?? 0) || isLoginRedirect(reply);
}

/** A page of a web application firewall or content network, not of the server. */
export function isFirewallPage({ status = 0, headers, body }: Reply): boolean {
  const via = `${headers.get("server") ?? ""} ${headers.has("x-azure-ref") ? "x-azure-ref" : ""}`;
  return (
    [403, 406, 429, 503].includes(status) &&
    firewallServer.test(via) &&
    !/json/i.test(headers.get("content-type") ?? "") &&
    body.length > 0
  );
}

const stops: Readonly<Partial<Record<End, Omit<Stopped, "kind">>>> = {
  unreachable: { confidence: "unreachable", because: "No connection could be opened" },
  silent: {
    confidence: "unreachable",
    because: "The port accepts connections and says nothing to HTTP",
  },
  timeout: { confidence: "unreachable", because: "The answer did not end within the deadline" },
  "not-http": { confidence: "none", because: "The port speaks another protocol than HTTP" },
  "unknown-name": {
    confidence: "unknown",
    because: "The front door does not know the host name it was asked by",
    unknownName: true,
  },
  http2: {
    confidence: "unknown",
    because:
      "The port speaks only HTTP/2, in which it was not asked: an MCP server may be behind it (Postern speaks HTTP/1.1)",
  },
  "not-tls": { confidence: "unreachable", because: "The port speaks neither TLS nor plain HTTP" },
  "wants-tls": {
    confidence: "unknown",
    because: "The port asks for TLS, which could not be set up",
  },
  "header-cap": { confidence: "unknown", because: "The headers of the response exceed the limit" },
  "client-certificate": { confidence: "unknown", because: "A client certificate is required" },
  "refused-address": { confidence: "unknown", because: "The address must never be contacted" },
  aborted: { confidence: "unknown", because: "The run was interrupted" },
};

function answeredBesides({ exchanges }: Line, { status: own }: Reply): boolean {
  const answers = exchanges.filter(({ status }) => status !== undefined);
  return answers.length > (own === undefined ? 0 : 1);
}

interface StopRow {
  readonly when: (reply: Reply, line: Line) => boolean;
  readonly confidence: Stopped["confidence"];
  readonly because: string;
}

const isLate = ({ end }: Reply): boolean => end === "timeout" || end === "silent";

/** What ends the conversation by more than the way in which one exchange ended; the first row that holds decides. */
const stopRows: readonly StopRow[] = [
  {
    when: (_reply, { facts }) => facts.mode === "mtls",
    confidence: "unknown",
    because: "A client certificate is required",
  },
  {
    when: (reply, line) =>
      reply.end === "reset" &&
      reply.status === undefined &&
      line.exchanges.length <= 2 &&
      !answeredBesides(line, reply),
    confidence: "unreachable",
    because: "The connection was closed without an answer",
  },
  {
    when: ({ status, headers }) =>
      status === 429 || (status === 503 && /^\d+$/.test(headers.get("retry-after") ?? "")),
    confidence: "unknown",
    because: "The server asks to slow down",
  },
  {
    when: (reply, line) => isLate(reply) && answeredBesides(line, reply),
    confidence: "unknown",
    because: "The server answered one request and kept silent on another until the deadline",
  },
  {
    when: (reply, line) => reply.end === "not-http" && answeredBesides(line, reply),
    confidence: "unknown",
    because: "The server answered one request in HTTP and another in something else",
  },
  {
    when: ({ end, status }) => end === "timeout" && status !== undefined,
    confidence: "unknown",
    because: "The response never ended within the deadline",
  },
];

/** Ends after which no further step would tell more, only cost the same again. */
export function stopOf(line: Line, reply: Reply): Stopped | undefined {
  const row = stopRows.find(({ when }) => when(reply, line));
  if (row) return { kind: "stopped", confidence: row.confidence, because: row.because };
  const stop = stops[reply.end];
  return stop && { kind: "stopped", ...stop };
}
