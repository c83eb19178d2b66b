import type { JsonObject } from "../model/json.ts";
import { listedOf, type Channel } from "./channel.ts";
import { isHostRefusal, isRefusal } from "./hint.ts";
import { initializeOver } from "./initialize.ts";
import { ask, nextId, now, spent, urlOf, type Line } from "./line.ts";
import { sayLocalhost, unknownHost } from "./local-host.ts";
import { isSafeToken } from "./methods.ts";
import { slashRedirect } from "./redirect.ts";
import { isAnswer, readMessage } from "./rpc.ts";
import { demandsCredentials } from "./rpc-error.ts";
import type { Sighting } from "./sighting.ts";
import { dropDeadline, loopTime, watchDeadline, type Deadline } from "./loop-time.ts";
import type { Reply, Stopper } from "./transport.ts";

interface Stream {
  /** What ended the wait: the endpoint's path, an endpoint elsewhere, another first event, or the end of the stream. */
  readonly first: { readonly endpoint?: string; readonly foreign?: string; readonly reply?: Reply };
  readonly channel: Channel;
}

type Placed = Stream & { readonly path: string };

/** Legacy HTTP+SSE (2024-11-05): GET a stream whose first event names where to POST. */
export async function legacySse(line: Line, asked: string): Promise<Sighting> {
  const stream = await openNear(line, asked);
  const { reply } = stream.first;
  if (reply === undefined || !isHostRefusal(reply)) return judge(line, stream);
  const undo = sayLocalhost(line);
  const again = undo && (await openNear(line, stream.path));
  if (again?.first.endpoint !== undefined) return judge(line, again);
  undo?.();
  await again?.channel.close();
  return { kind: "unknown", path: stream.path, because: unknownHost };
}

async function judge(line: Line, { path, first, channel }: Placed): Promise<Sighting> {
  const { endpoint, foreign, reply } = first;
  if (foreign !== undefined) {
    line.warnings.add(
      "The event stream names an endpoint at another origin; nothing was sent there",
    );
  }
  if (endpoint === undefined) {
    await channel.close();
    if (reply && (isRefusal(reply) || demandsCredentials(reply)))
      return { kind: "refused", path, reply };
    return { kind: "nothing", path, reply: reply ?? noReply, indicated: false };
  }
  const { identity, reply: answered } = await initializeOver(channel, line.limits.probeBytes);
  if (identity === undefined && !/[?&/][\w-]*session[\w-]*[=/]|[?&]\w+=[\w-]{8,}/i.test(endpoint)) {
    await channel.close();
    return {
      kind: "likely",
      path,
      because: "The event stream names an endpoint that did not answer",
    };
  }
  return {
    kind: "confirmed",
    because: identity
      ? "The event stream named its endpoint and answered initialize there"
      : "The event stream named an endpoint with a session of its own",
    path,
    era: "legacy",
    transport: "http+sse",
    identity: identity ?? { versions: [], capabilities: [] },
    channel,
    ...(identity === undefined && { refusal: answered }),
  };
}

/** At the path asked for, or at its neighbour that a redirect names: with or without the last slash. */
async function openNear(line: Line, path: string): Promise<Placed> {
  const stream = await openStream(line, path);
  const slash = stream.first.reply && slashRedirect(stream.first.reply, path);
  if (slash === undefined || spent(line)) return { ...stream, path };
  return { ...(await openStream(line, slash)), path: slash };
}

async function openStream(line: Line, path: string): Promise<Stream> {
  const { limits, options } = line;
  const stopper: Stopper = {};
  const waiting = new Map<number, (message: JsonObject) => void>();
  let endpoint: string | undefined;
  let beats = 0;
  let open = true;
  const left = line.budget.until - now(options);
  let finished: Promise<Reply> | undefined;

  const first = await new Promise<Stream["first"]>((resolve) => {
    const patience: Deadline = {
      due: loopTime() + Math.min(limits.firstEventMs, left),
      signal: undefined,
      onDue: () => stopper.stop?.("timeout"),
      onAbort: () => {},
    };
    watchDeadline(patience);
    finished = ask(line, {
      http: "GET",
      path,
      headers: [["Accept", "text/event-stream"]],
      cap: limits.listBytes,
      totalMs: left + limits.enumerationMs,
      stopper,
      onEvent: ({ event, data }) => {
        if (endpoint !== undefined) {
          deliver(line, data, waiting);
          return false;
        }
        if (isBeat(event, data) && beats < mostBeats) {
          beats += 1;
          return false;
        }
        dropDeadline(patience);
        const place = event === "endpoint" ? readEndpoint(line, path, data) : {};
        endpoint = place.endpoint;
        resolve(place);
        return endpoint === undefined;
      },
    });
    void watchEnd(finished, patience, resolve);
  });

  async function watchEnd(
    ending: Promise<Reply>,
    patience: Deadline,
    resolve: (place: Stream["first"]) => void,
  ): Promise<void> {
    const reply = await ending;
    dropDeadline(patience);
    open = false;
    resolve({ reply });
    for (const settle of waiting.values()) settle({});
  }

  async function exchange(
    id: number | undefined,
    message: Parameters<Channel["request"]>,
  ): Promise<Awaited<ReturnType<Channel["request"]>>> {
    const [method, params, cap] = message;
    const answer = id === undefined ? undefined : expectAnswer(line, id, waiting);
    const reply = await ask(line, {
      http: "POST",
      path: endpoint ?? path,
      headers: [["Accept", "application/json, text/event-stream"]],
      message: { method, ...(id !== undefined && { id, params }) },
      cap,
    });
    const accepted = open && reply.status !== undefined && reply.status < 300;
    if (!accepted && id !== undefined) waiting.get(id)?.({});
    if (!accepted || answer === undefined) return { reply };
    const received = await answer;
    return listedOf({ reply, rpcShaped: true, ...(received && { message: received }) });
  }

  return {
    first,
    channel: {
      request: async (...message) => exchange(nextId(line), message),
      notify: async (method) => {
        await exchange(undefined, [method, {}, limits.probeBytes]);
      },
      async close() {
        stopper.stop?.("enough");
        await finished;
      },
    },
  };
}

const noReply: Reply = {
  end: "enough",
  status: undefined,
  headers: new Map(),
  body: "",
  events: [],
  encoded: false,
  bytes: 0,
  tls: { mode: "none" },
  detail: undefined,
};

function deliver(
  line: Line,
  data: string,
  waiting: ReadonlyMap<number, (message: JsonObject) => void>,
): void {
  for (const [id, settle] of waiting) {
    const message = readMessage(line, data, id);
    if (message && isAnswer(message, id)) settle(message);
  }
}

/** The message with this id from the stream, or undefined when the budget's time is over or the stream ended. */
async function expectAnswer(
  line: Line,
  id: number,
  waiting: Map<number, (message: JsonObject) => void>,
): Promise<JsonObject | undefined> {
  const message = await new Promise<JsonObject | undefined>((resolve) => {
    const timer = setTimeout(
      resolve,
      Math.max(0, line.budget.until - now(line.options)),
      undefined,
    );
    waiting.set(id, (found) => {
      clearTimeout(timer);
      resolve(found);
    });
  });
  waiting.delete(id);
  return message && isAnswer(message, id) ? message : undefined;
}

const mostBeats = 8;

/** Some libraries greet, or say that the connection lives, before they name the endpoint. */
function isBeat(event: string, data: string): boolean {
  return (
    data.trim() === "" || /^(?:ping|heart-?beat|keep-?alive|connect(?:ed|ion)?|open)$/i.test(event)
  );
}

/** Only a path at the very origin that was asked is an endpoint; the address stays the one already connected to. */
function readEndpoint(line: Line, path: string, data: string): Stream["first"] {
  const base = new URL(`${line.tls ? "https" : "http"}://${line.host}${path}`);
  const given = data.trim();
  if (!isSafeToken(given) || !URL.canParse(given, base.href)) return { foreign: given };
  const url = new URL(given, base);
  const ours = [base.origin, new URL(urlOf(line, "/")).origin];
  if (!ours.includes(url.origin) && !/^https?:\/\/localhost:/.test(url.origin))
    return { foreign: url.origin };
  return { endpoint: `${url.pathname}${url.search}` };
}
