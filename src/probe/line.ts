import { sha256 } from "../hash.ts";
import type { Target, TlsFacts, WireExchange } from "../model/server.ts";
import { clean } from "./clean.ts";
import type { End } from "./ends.ts";
import { probeLimits, type ProbeLimits } from "./limits.ts";
import { loopTime } from "./loop-time.ts";
import { encodeRequest, type OutgoingMessage, type OutgoingRequest } from "./methods.ts";
import type { ProbeOptions } from "./options.ts";
import { responseText, stabilise, stabiliseRequest, type Known } from "./placeholders.ts";
import type { SseEvent } from "./sse.ts";
import { noteSeen, type Seen } from "./banners.ts";
import { park, type Dial, type Parked } from "./connection.ts";
import { send, type Reply, type Stopper } from "./transport.ts";

/** What is left of requests and time in one phase. */
export interface Budget {
  requests: number;
  readonly until: number;
}

/** The conversation with one target: what was learnt about how to speak to it, what it may still cost, what was said. */
export interface Line {
  readonly target: Target;
  readonly options: ProbeOptions;
  readonly limits: ProbeLimits;
  budget: Budget;
  tls: boolean;
  /** The peer has answered in this mode: no more swapping. */
  settled: boolean;
  /** Host header; differs from the target's own after a retry as localhost. */
  host: string;
  hostCheck: boolean;
  facts: TlsFacts;
  sequence: number;
  /** Ids of our own requests. */
  readonly ids: Set<number>;
  readonly parked: Parked;
  readonly tlsSessions: Map<string, Buffer>;
  readonly sessions: string[];
  readonly exchanges: WireExchange[];
  readonly warnings: Set<string>;
  readonly seen: Seen[];
  /** Hash of each answer, by what was answered: a host says much the same to every question. */
  readonly hashed: Map<string, string>;
  /** What the ids of this target start from. */
  readonly firstId: number;
}

export interface LineRequest {
  readonly http: OutgoingRequest["http"];
  readonly path: string;
  readonly headers?: OutgoingRequest["headers"];
  readonly message?: OutgoingMessage;
  readonly cap?: number;
  readonly onEvent?: (event: SseEvent) => boolean;
  readonly stopper?: Stopper;
  readonly silentMs?: number;
  /** Longer than what is left of the budget: for a stream that outlives the phase. */
  readonly totalMs?: number;
  /** Outside the budget: clean-up. */
  readonly free?: boolean;
}

const tlsPorts = new Set([443, 8443, 9443]);

export function openLine(
  target: Target,
  options: ProbeOptions,
  limits: ProbeLimits = { ...probeLimits, ...options.limits },
): Line {
  return {
    target,
    options,
    limits,
    budget: { requests: limits.requests, until: now(options) + limits.recognitionMs },
    tls: target.tls === "unknown" ? tlsPorts.has(target.port) : target.tls === "https",
    settled: false,
    host: hostHeader(target),
    hostCheck: false,
    facts: { mode: "none" },
    sequence: 0,
    ids: new Set(),
    parked: park(),
    tlsSessions: new Map(),
    sessions: [],
    exchanges: [],
    warnings: new Set(),
    seen: [],
    hashed: new Map(),
    firstId: Number.parseInt(sha256(target.id).slice(0, 7), 16),
  };
}

export function now(options: ProbeOptions): number {
  return (options.now ?? loopTime)();
}

/** Host header for one of the target's names, or for its address. */
export function hostHeader({ address, port }: Target, name?: string): string {
  if (name !== undefined && (port === 443 || port === 80)) return name;
  return `${bracketed(name ?? address)}:${port}`;
}

export function bracketed(address: string): string {
  return address.includes(":") && !address.startsWith("[") ? `[${address}]` : address;
}

export function urlOf(line: Line, path: string): string {
  const { address, port } = line.target;
  return `${line.tls ? "https" : "http"}://${bracketed(address)}:${port}${clean(path, 512)}`;
}

/**
 * Ids are counted, not random: a replayed conversation has the same bytes. Nine digits, because every official client
 * sends numbers and some servers read nothing else.
 */
export function nextId(line: Line): number {
  line.sequence += 1;
  // Odd, so that no id comes twice, and far from any power of ten: neighbours do not look alike.
  const id = 100_000_000 + ((line.firstId + line.sequence * 40_503_001) % 2 ** 28);
  line.ids.add(id);
  return id;
}

/** Milliseconds of the budget, never negative. */
export function timeLeft({ budget, options }: Line): number {
  return Math.max(0, budget.until - now(options));
}

export function spent(line: Line): boolean {
  return line.budget.requests <= 0 || now(line.options) >= line.budget.until;
}

/** Sends within the budget, finds out once whether the port wants TLS, records the exchange. */
export async function ask(line: Line, request: LineRequest): Promise<Reply> {
  return line.settled ? askOnce(line, request) : askFirst(line, request);
}

async function askFirst(line: Line, request: LineRequest): Promise<Reply> {
  const first = await askOnce(line, request);
  if (line.settled) return first;
  if (first.end === "silent") {
    await askForPage(line);
    return first;
  }
  const swap = line.tls ? first.end === "not-tls" : wantsTls(first);
  if (!swap || spent(line)) {
    line.settled = first.status !== undefined;
    return first;
  }
  line.tls = !line.tls;
  const second = await askOnce(line, request);
  const better = second.status !== undefined || tlsEnds.has(second.end);
  if (better) line.settled = true;
  else line.tls = !line.tls;
  return better ? second : first;
}

/** A bridge that starts a program for each question is silent meanwhile, but has a page, if only "not found", at once. */
async function askForPage(line: Line): Promise<void> {
  if (spent(line)) return;
  const { status } = await askOnce(line, {
    http: "GET",
    path: "/",
    headers: [["Accept", "*/*"]],
    onEvent: () => true,
    silentMs: line.limits.pageMs,
  });
  line.settled = status !== undefined;
}

/** Ends of a handshake that only a peer which speaks TLS brings about. */
const tlsEnds = new Set<End>(["client-certificate", "http2", "unknown-name"]);

const tlsHints =
  /plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server|speaking plain HTTP to an SSL/i;

function wantsTls(reply: Reply): boolean {
  if (reply.end === "wants-tls" || (reply.end === "reset" && reply.bytes === 0)) return true;
  return reply.status === 400 && tlsHints.test(reply.body);
}

async function askOnce(line: Line, request: LineRequest): Promise<Reply> {
  const { options, limits, budget } = line;
  const started = now(options);
  const left = request.free === true ? limits.cleanupMs : budget.until - started;
  if (request.free !== true) budget.requests -= 1;
  const text = encodeRequest(outgoingOf(line, request));
  // A server known to speak HTTP may be starting the program behind it.
  const headerMs = line.settled && request.http === "POST" ? left : limits.headerMs;
  const reply = await send(dialOf(line), text, {
    cap: request.cap ?? limits.probeBytes,
    headerBytes: limits.headerBytes,
    connectMs: limits.connectMs,
    totalMs: request.totalMs ?? left,
    headerMs,
    silentMs: request.silentMs ?? (line.settled ? headerMs : limits.silentMs),
    // Clean-up goes on when the run is interrupted: a session left open is a trace on somebody's server.
    signal: request.free === true ? undefined : options.signal,
    stopper: request.stopper,
    onEvent: request.onEvent,
    onRequest: options.onRequest,
  });
  noteFacts(line, reply);
  noteSeen(line.seen, request, reply);
  record(line, request, text, reply, now(options) - started);
  return reply;
}

function dialOf({ target, tls, host, parked, tlsSessions }: Line): Dial {
  const { address, port } = target.connect ?? target;
  return { address, port, tls, host, parked, sessions: tlsSessions };
}

function outgoingOf({ host, options }: Line, request: LineRequest): OutgoingRequest {
  const { http, path, headers = [], message } = request;
  const all = [["User-Agent", options.userAgent] as const, ...headers];
  return { http, path, host, headers: all, message };
}

function noteFacts(line: Line, reply: Reply): void {
  // A resumed handshake may show no certificate.
  if (reply.tls.mode !== "none") line.facts = { ...line.facts, ...reply.tls };
  const demanded =
    reply.end === "client-certificate" ||
    (reply.status === 400 && /no required SSL certificate|SSL certificate error/i.test(reply.body));
  if (demanded) line.facts = { ...line.facts, mode: "mtls" };
  const session = reply.headers.get("mcp-session-id");
  if (session !== undefined && session !== "" && !line.sessions.includes(session)) {
    line.sessions.push(session);
  }
}

function record(line: Line, asked: LineRequest, request: string, reply: Reply, ms: number): void {
  const { message, http, path } = asked;
  const { connect, port } = line.target;
  const known = {
    ids: message?.id === undefined ? [] : [String(message.id)],
    sessions: line.sessions,
    port: connect?.port ?? port,
  };
  const response = responseText(reply.status, reply.headers, bodyOf(reply));
  const exchange: WireExchange = {
    url: urlOf(line, stabiliseRequest(path, path, { ...known, ids: [] })),
    method: message ? `${http} ${message.method}` : http,
    ...(reply.status !== undefined && { status: reply.status }),
    requestSha256: sha256(stabiliseRequest(request, path, known)),
    responseSha256: hashOf(line, response, known),
    bytes: reply.bytes,
    ms: Math.round(ms),
    outcome: reply.encoded ? "encoded" : reply.end,
  };
  line.exchanges.push(exchange);
  line.options.transcript?.(exchange, { request, response });
}

function bodyOf({ body, events }: Reply): string {
  return body === "" && events.length > 0
    ? events.map(({ event, data }) => `${event}\n${data}`).join("\n\n")
    : body;
}

const longestKept = 4096;

function hashOf({ hashed }: Line, response: string, known: Known): string {
  if (response.length > longestKept) return sha256(stabilise(response, known));
  const key = `${known.sessions.length} ${response}`;
  const before = hashed.get(key);
  if (before !== undefined) return before;
  const hash = sha256(stabilise(response, known));
  // An answer that repeats our id is another one each time.
  if (!known.ids.some((id) => response.includes(id))) hashed.set(key, hash);
  return hash;
}
