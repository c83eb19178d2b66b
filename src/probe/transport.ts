import { connect as connectTcp, isIP, type Socket } from "node:net";
import {
  connect as connectTls,
  createSecureContext,
  TLSSocket,
  type SecureContext,
} from "node:tls";
import type { TlsFacts } from "../model/server.ts";
import { refuseAddress } from "./address.ts";
import { codeOf, endOfError, type End } from "./ends.ts";
import { createResponseReader, type ReadState } from "./http-response.ts";
import { loopTime } from "./loop-time.ts";
import { encodeRequest, type OutgoingRequest } from "./methods.ts";
import { parkConnection, type Idle, type ParkedConnection } from "./parked.ts";
import { createSseReader, type SseEvent } from "./sse.ts";
import { tlsFacts } from "./tls-facts.ts";

export type Parked = ParkedConnection<Socket>;

export function park(): Parked {
  return parkConnection<Socket>();
}

export interface Dial {
  readonly address: string;
  readonly port: number;
  readonly tls: boolean;
  /** SNI; none for an address. */
  readonly serverName?: string;
  /** Where a connection waits between two requests; without it each request has one of its own. */
  readonly parked?: Parked;
}

export interface Reading {
  /** Bytes of the response on the wire, head and body. */
  readonly cap: number;
  readonly headerBytes: number;
  readonly connectMs: number;
  /** From the start of connecting to the end, whatever arrives meanwhile. */
  readonly totalMs: number;
  readonly headerMs: number;
  readonly silentMs: number;
  readonly signal: AbortSignal;
  /** Called for each event of a stream; true = enough, the connection is closed. */
  readonly onEvent?: (event: SseEvent) => boolean;
  readonly onRequest?: (bytes: Uint8Array) => void;
}

export interface Reply {
  readonly end: End;
  readonly status?: number;
  readonly headers: ReadonlyMap<string, string>;
  /** Empty when the server encoded it although none was asked for. */
  readonly body: string;
  readonly events: readonly SseEvent[];
  readonly encoded: boolean;
  readonly bytes: number;
  readonly tls: TlsFacts;
  readonly detail?: string;
}

/** Sends one request on its own connection and reads one bounded response. Never throws for what the peer does. */
export async function send(dial: Dial, request: OutgoingRequest, reading: Reading): Promise<Reply> {
  const bytes = encodeRequest(request);
  const refusal = refuseAddress(dial.address);
  if (refusal !== undefined) return nothing("refused-address", refusal);
  if (reading.signal.aborted) return nothing("aborted");
  const key = `${dial.tls ? "tls" : "tcp"} ${dial.address} ${dial.port} ${request.host}`;
  const kept = dial.parked?.take(key);
  const started = loopTime();
  if (kept) {
    const reply = await exchange(dial, key, bytes, reading, kept);
    // The peer may close an idle connection just when it is used again: that says nothing about the request.
    const stale = reply.end === "reset" && reply.status === undefined && reply.bytes === 0;
    if (!stale || reading.signal.aborted) return reply;
  }
  const totalMs = reading.totalMs - (loopTime() - started);
  return exchange(dial, key, bytes, kept ? { ...reading, totalMs } : reading);
}

async function exchange(
  dial: Dial,
  key: string,
  request: Uint8Array,
  reading: Reading,
  kept?: Idle<Socket>,
): Promise<Reply> {
  return new Promise((resolve) => {
    converse({ dial, key, request, reading, ...(kept && { kept }), resolve });
  });
}

interface Conversation {
  readonly dial: Dial;
  readonly key: string;
  readonly request: Uint8Array;
  readonly reading: Reading;
  readonly kept?: Idle<Socket>;
  readonly resolve: (reply: Reply) => void;
}

function converse({ dial, key, request, reading, kept, resolve }: Conversation): void {
  const socket = kept?.socket ?? open(dial);
  const parts: Buffer[] = [];
  const events: SseEvent[] = [];
  let readEvents: ((text: string) => SseEvent[]) | undefined;
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  const timers = new Map<string, NodeJS.Timeout>();
  const reader = createResponseReader(reading.headerBytes, onBody);
  let received = 0;
  let bodyBytes = 0;
  let enough = false;
  let settled = false;
  let streaming: boolean | undefined;
  let tls: TlsFacts = kept?.tls ?? { mode: "none" };

  function onBody(chunk: Buffer): void {
    if (enough) return;
    bodyBytes += chunk.length;
    streaming ??= isEventStream(reader.head()?.headers);
    if (!streaming) {
      parts.push(chunk);
      return;
    }
    readEvents ??= createSseReader();
    decoder ??= new TextDecoder();
    for (const event of readEvents(decoder.decode(chunk, { stream: true }))) {
      events.push(event);
      enough = reading.onEvent?.(event) ?? false;
      if (enough) return;
    }
  }

  function finish(end: End, detail?: string): void {
    if (settled) return;
    settled = true;
    for (const timer of timers.values()) clearTimeout(timer);
    reading.signal.removeEventListener("abort", onAbort);
    socket.off("lookup", onLookup).off("data", onData).off("error", onError).off("close", onClose);
    if (end === "complete" && reader.reusable() && dial.parked) {
      dial.parked.keep(key, { socket, tls });
    } else {
      socket.on("error", () => {}).destroy();
    }
    const head = reader.head();
    const headers = head?.headers ?? new Map<string, string>();
    const encoded = isEncoded(headers);
    resolve({
      end,
      ...(head && { status: head.status }),
      headers,
      body: encoded ? "" : Buffer.concat(parts).toString("utf8"),
      events,
      encoded,
      bytes: head ? Math.min(head.bytes + bodyBytes, reading.cap) : Math.min(received, reading.cap),
      tls,
      ...(detail !== undefined && { detail }),
    });
  }

  function onAbort(): void {
    finish(abortEnd(reading.signal.reason));
  }

  function arm(name: string, ms: number, end: End): void {
    expire(name, loopTime() + Math.max(0, ms), end);
  }

  /** A timer that the loop was late for is set again: what arrived meanwhile has not been read yet. */
  function expire(name: string, due: number, end: End): void {
    const left = due - loopTime();
    if (left <= 1 && timers.has(name)) finish(end);
    else timers.set(name, setTimeout(expire, Math.max(1, left), name, due, end));
  }

  function disarm(name: string): void {
    clearTimeout(timers.get(name));
  }

  function onReady(): void {
    disarm("connect");
    if (!kept && socket instanceof TLSSocket) tls = tlsFacts(socket);
    arm("silent", reading.silentMs, "silent");
    arm("header", reading.headerMs, "timeout");
    reading.onRequest?.(request);
    socket.write(request);
  }

  function onData(chunk: Buffer): void {
    disarm("silent");
    if (received === 0 && chunk[0] === 0x15 && chunk[1] === 0x03) {
      finish("wants-tls");
      return;
    }
    received += chunk.length;
    const state = reader.push(chunk);
    if (state !== "head") disarm("header");
    if (enough) finish("enough");
    else if (isEnd(state)) finish(state);
    else if (received >= reading.cap) finish("cap");
  }

  function onLookup(_error: Error | null, address: string | undefined): void {
    const refusal = address === undefined ? undefined : refuseAddress(address);
    if (refusal !== undefined) finish("refused-address", refusal);
  }

  function onError(error: Error): void {
    const code = codeOf(error);
    finish(endOfError(code, received), code);
  }

  function onClose(): void {
    finish(reader.close() === "complete" ? "complete" : "reset");
  }

  arm("total", reading.totalMs, "timeout");
  reading.signal.addEventListener("abort", onAbort, { once: true });
  socket.on("lookup", onLookup).on("data", onData).on("error", onError).on("close", onClose);
  if (kept) {
    onReady();
    return;
  }
  arm("connect", Math.min(reading.connectMs, reading.totalMs), "unreachable");
  socket.once(dial.tls ? "secureConnect" : "connect", onReady);
}

/** One for all connections: making it costs more than a handshake. */
let anyPeer: SecureContext | undefined;

function open({ address, port, tls, serverName }: Dial): Socket {
  const host = address.replace(/^\[|\]$/g, "");
  const where = { host, port, autoSelectFamily: false };
  if (!tls) return connectTcp(where);
  const named = serverName !== undefined && isIP(serverName) === 0;
  return connectTls({
    ...where,
    rejectUnauthorized: false,
    ALPNProtocols: ["http/1.1"],
    secureContext: (anyPeer ??= createSecureContext({ minVersion: "TLSv1" })),
    ...(named && { servername: serverName }),
  });
}

function nothing(end: End, detail?: string): Reply {
  return {
    end,
    headers: new Map(),
    body: "",
    events: [],
    encoded: false,
    bytes: 0,
    tls: { mode: "none" },
    ...(detail !== undefined && { detail }),
  };
}

/** A signal aborted with one of these words says how the exchange ended; any other abort is an interruption. */
function abortEnd(reason: unknown): End {
  return reason === "enough" || reason === "timeout" ? reason : "aborted";
}

function isEnd(
  state: ReadState,
): state is "complete" | "not-http" | "http2" | "header-cap" | "invalid" {
  return state !== "head" && state !== "body";
}

function isEncoded(headers: ReadonlyMap<string, string>): boolean {
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() ?? "";
  return encoding !== "" && encoding !== "identity";
}

function isEventStream(headers: ReadonlyMap<string, string> | undefined): boolean {
  if (headers === undefined || isEncoded(headers)) return false;
  return /^text\/event-stream\b/i.test(headers.get("content-type") ?? "");
}
