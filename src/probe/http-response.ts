export interface ResponseHead {
  readonly status: number;
  /** Lower-case names; repeated ones joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  /** HTTP/1.1 without `Connection: close`, and no length that can be read in two ways. */
  readonly persistent: boolean;
  /** Bytes of the head on the wire. */
  readonly bytes: number;
}

export type ReadState =
  | "head"
  | "body"
  | "complete"
  | "not-http"
  | "http2"
  | "header-cap"
  | "invalid";

export interface ResponseReader {
  /** Takes what the socket delivered and says where the response stands. */
  push(chunk: Buffer): ReadState;
  /** The peer closed: complete only when the body was to end that way. */
  close(): ReadState;
  head(): ResponseHead | undefined;
  /** The response ended where it said it would, and the peer leaves the connection open. */
  reusable(): boolean;
}

const nothing = Buffer.alloc(0);

type BodyMode = "none" | "length" | "chunked" | "close";
type ChunkStep = "size" | "data" | "data-end" | "trailer";

const chunkLineLimit = 256;

/** Reads one HTTP/1.1 response incrementally; memory is bounded by `headerBytes`, the body goes to `onBody`. */
export function createResponseReader(
  headerBytes: number,
  onBody: (chunk: Buffer) => void,
): ResponseReader {
  let state: ReadState = "head";
  let head: ResponseHead | undefined;
  let pending: Buffer = nothing;
  let headBytes = 0;
  let mode: BodyMode = "none";
  let step: ChunkStep = "size";
  let left = 0;

  function push(chunk: Buffer): ReadState {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    if (state === "head") state = readHead();
    if (state === "body") state = readBody();
    return state;
  }

  function readHead(): ReadState {
    if (isHttp2(pending)) return "http2";
    const end = pending.indexOf("\r\n\r\n");
    if (headBytes + (end === -1 ? pending.length : end) > headerBytes) {
      return mayBeHttp(pending) ? "header-cap" : "not-http";
    }
    if (end === -1) return mayBeHttp(pending) ? "head" : "not-http";
    headBytes += end + 4;
    const parsed = parseHead(pending.toString("latin1", 0, end));
    pending = pending.subarray(end + 4);
    if (parsed === undefined) return "not-http";
    if (parsed.status < 200) return pending.length === 0 ? "head" : readHead();
    head = { ...parsed, bytes: headBytes };
    ({ mode, left } = bodyMode(head));
    return mode === "none" ? "complete" : "body";
  }

  function readBody(): ReadState {
    if (mode === "chunked") return readChunks();
    const part = mode === "length" ? pending.subarray(0, left) : pending;
    pending = pending.subarray(part.length);
    left -= part.length;
    onBody(part);
    return mode === "length" && left <= 0 ? "complete" : "body";
  }

  function readChunks(): ReadState {
    for (;;) {
      if (step === "data") {
        if (pending.length === 0) return "body";
        const part = pending.subarray(0, left);
        pending = pending.subarray(part.length);
        left -= part.length;
        onBody(part);
        if (left > 0) return "body";
        step = "data-end";
      }
      const end = pending.indexOf("\r\n");
      if (end === -1) return pending.length > chunkLineLimit ? "invalid" : "body";
      const next = chunkLine(pending.toString("latin1", 0, end), step);
      pending = pending.subarray(end + 2);
      if (next === "complete" || next === "invalid") return next;
      ({ step, left } = next);
    }
  }

  function close(): ReadState {
    if (state === "body" && mode === "close") state = "complete";
    return state;
  }

  function reusable(): boolean {
    if (state !== "complete" || mode === "close" || pending.length > 0) return false;
    return head !== undefined && head.persistent;
  }

  return { push, close, head: () => head, reusable };
}

/** Of a head that has not arrived whole; one that has is told by its first line. */
function mayBeHttp(bytes: Buffer): boolean {
  return "HTTP/1.".startsWith(bytes.toString("latin1", 0, 7));
}

/** A SETTINGS frame on stream 0 is the first thing an HTTP/2 server says (RFC 9113, section 3.4). */
function isHttp2(bytes: Buffer): boolean {
  return bytes.length >= 9 && bytes[0] === 0 && bytes[3] === 4 && bytes.readUInt32BE(5) === 0;
}

function chunkLine(
  line: string,
  step: ChunkStep,
): { step: ChunkStep; left: number } | "complete" | "invalid" {
  if (step === "data-end") return line === "" ? { step: "size", left: 0 } : "invalid";
  if (step === "trailer") return line === "" ? "complete" : { step, left: 0 };
  const size = /^([0-9a-f]{1,8})\s*(;|$)/i.exec(line)?.[1];
  if (size === undefined) return "invalid";
  const left = Number.parseInt(size, 16);
  return { step: left === 0 ? "trailer" : "data", left };
}

function parseHead(text: string): Omit<ResponseHead, "bytes"> | undefined {
  const [first = "", ...lines] = text.split("\r\n");
  const [, minor, status] = /^HTTP\/1\.([01]) (\d{3})(?: |$)/.exec(first) ?? [];
  if (status === undefined) return undefined;
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  const closes = /\bclose\b/i.test(headers.get("connection") ?? "");
  const twofold = headers.has("transfer-encoding") && headers.has("content-length");
  return { status: Number(status), headers, persistent: minor === "1" && !closes && !twofold };
}

function bodyMode({ status, headers }: ResponseHead): { mode: BodyMode; left: number } {
  if (status === 204 || status === 304) return { mode: "none", left: 0 };
  if (/\bchunked\b/i.test(headers.get("transfer-encoding") ?? "")) {
    return { mode: "chunked", left: 0 };
  }
  const length = headers.get("content-length");
  if (length === undefined || !/^\d{1,15}$/.test(length)) return { mode: "close", left: 0 };
  return { mode: length === "0" ? "none" : "length", left: Number(length) };
}
