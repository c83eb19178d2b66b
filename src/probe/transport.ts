import type { TlsFacts } from "../model/server.ts";
import { refuseAddress } from "./address.ts";
import { openConnection, type Connection, type Dial, type Listener } from "./connection.ts";
import { endOfError, type End } from "./ends.ts";
import { createResponseReader } from "./http-response.ts";
import { dropDeadline, loopTime, watchDeadline, type Deadline } from "./loop-time.ts";
import { createSseReader, type SseEvent } from "./sse.ts";

export interface Reading {
  /** Bytes of the response on the wire, head and body. */
  readonly cap: number;
  readonly headerBytes: number;
  readonly connectMs: number;
  /** From the start of connecting to the end, whatever arrives meanwhile. */
  readonly totalMs: number;
  readonly headerMs: number;
  readonly silentMs: number;
  /** Without one nothing interrupts it. */
  readonly signal: AbortSignal | undefined;
  /** Ends this one exchange from outside. */
  readonly stopper: Stopper | undefined;
  /** Called for each event of a stream; true = enough, the connection is closed. */
  readonly onEvent: ((event: SseEvent) => boolean) | undefined;
  readonly onRequest: ((bytes: Uint8Array) => void) | undefined;
}

export interface Stopper {
  /** Set while the exchange lasts. */
  stop?: (end: "enough" | "timeout") => void;
}

export interface Reply {
  readonly end: End;
  readonly status: number | undefined;
  readonly headers: ReadonlyMap<string, string>;
  /** Empty when the server encoded it although none was asked for. */
  readonly body: string;
  readonly events: readonly SseEvent[];
  readonly encoded: boolean;
  readonly bytes: number;
  readonly tls: TlsFacts;
  readonly detail: string | undefined;
}

/** Sends one request on its own connection and reads one bounded response. Never throws for what the peer does. */
export async function send(dial: Dial, request: string, reading: Reading): Promise<Reply> {
  const refusal = refuseAddress(dial.address);
  if (refusal !== undefined) return nothing("refused-address", refusal);
  if (isAborted(reading)) return nothing("aborted");
  const key = `${dial.tls ? "tls" : "tcp"} ${dial.host}`;
  const kept = dial.parked?.take(key);
  if (!kept) return exchange({ dial, key, request, reading, kept });
  const started = loopTime();
  const reply = await exchange({ dial, key, request, reading, kept });
  // The peer may close an idle connection just when it is used again: that says nothing about the request.
  const stale = reply.end === "reset" && reply.status === undefined && reply.bytes === 0;
  if (!stale || isAborted(reading)) return reply;
  const totalMs = reading.totalMs - (loopTime() - started);
  return exchange({ dial, key, request, reading: { ...reading, totalMs }, kept: undefined });
}

function isAborted({ signal }: Reading): boolean {
  return signal?.aborted === true;
}

interface Exchange {
  readonly dial: Dial;
  readonly key: string;
  readonly request: string;
  readonly reading: Reading;
  readonly kept: Connection | undefined;
}

async function exchange(asked: Exchange): Promise<Reply> {
  return new Promise((resolve) => {
    converse(asked, resolve);
  });
}

function converse(
  { dial, key, request, reading, kept }: Exchange,
  resolve: (reply: Reply) => void,
): void {
  const started = loopTime();
  const totalDue = started + reading.totalMs;
  const parts: Buffer[] = [];
  const events: SseEvent[] = [];
  const reader = createResponseReader(reading.headerBytes, onBody);
  let readEvents: ((text: string) => SseEvent[]) | undefined;
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let received = 0;
  let bodyBytes = 0;
  let enough = false;
  let settled = false;
  let headerDue = totalDue;
  let streaming: boolean | undefined;
  /** How it ends when the deadline of the moment passes. */
  let dueEnd: End = "timeout";

  const waiting: Deadline & Listener = {
    due: totalDue,
    signal: reading.signal,
    onDue: () => finish(dueEnd),
    onAbort: () => finish("aborted"),
    onReady,
    onData,
    onError: (code) => finish(endOfError(code, received), code),
    onClose: () => finish(reader.close() === "complete" ? "complete" : "reset"),
    onRefused: (reason) => finish("refused-address", reason),
  };

  function wait(due: number, end: End): void {
    waiting.due = Math.min(due, totalDue);
    dueEnd = due < totalDue ? end : "timeout";
  }

  function onReady(): void {
    const ready = loopTime();
    headerDue = ready + Math.max(0, reading.headerMs);
    const silentDue = ready + Math.max(0, reading.silentMs);
    if (silentDue <= headerDue) wait(silentDue, "silent");
    else wait(headerDue, "timeout");
    reading.onRequest?.(Buffer.from(request, "utf8"));
    connection.write(request);
  }

  function onData(chunk: Buffer): void {
    if (received === 0) {
      wait(headerDue, "timeout");
      if (chunk[0] === 0x15 && chunk[1] === 0x03) {
        finish("wants-tls");
        return;
      }
    }
    received += chunk.length;
    const state = reader.push(chunk);
    if (state !== "head") wait(totalDue, "timeout");
    if (enough) finish("enough");
    else if (state !== "head" && state !== "body") finish(state);
    else if (received >= reading.cap) finish("cap");
  }

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
    dropDeadline(waiting);
    if (reading.stopper) delete reading.stopper.stop;
    connection.listener = undefined;
    if (end === "complete" && connection.usable && dial.parked && reader.reusable()) {
      dial.parked.keep(key, connection);
    } else connection.destroy();
    const head = reader.head();
    const headers = head?.headers ?? noHeaders;
    const encoded = isEncoded(headers);
    resolve({
      end,
      status: head?.status,
      headers,
      body: encoded ? "" : textOf(parts),
      events,
      encoded,
      bytes: Math.min(head ? head.bytes + bodyBytes : received, reading.cap),
      tls: connection.tls,
      detail,
    });
  }

  if (reading.stopper) reading.stopper.stop = finish;
  const connection = kept ?? openConnection(dial, waiting);
  connection.listener = waiting;
  if (kept) onReady();
  else wait(started + Math.min(reading.connectMs, reading.totalMs), "unreachable");
  if (!settled) watchDeadline(waiting);
}

const noHeaders: ReadonlyMap<string, string> = new Map();

function textOf(parts: readonly Buffer[]): string {
  const [only] = parts;
  if (only === undefined) return "";
  return (parts.length === 1 ? only : Buffer.concat(parts)).toString("utf8");
}

function nothing(end: End, detail?: string): Reply {
  return {
    end,
    status: undefined,
    headers: noHeaders,
    body: "",
    events: [],
    encoded: false,
    bytes: 0,
    tls: { mode: "none" },
    detail,
  };
}

function isEncoded(headers: ReadonlyMap<string, string>): boolean {
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() ?? "";
  return encoding !== "" && encoding !== "identity";
}

function isEventStream(headers: ReadonlyMap<string, string> | undefined): boolean {
  if (headers === undefined || isEncoded(headers)) return false;
  return /^text\/event-stream\b/i.test(headers.get("content-type") ?? "");
}
