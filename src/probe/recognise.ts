import { sha256 } from "../hash.ts";
import { banner } from "./banner.ts";
import { discover } from "./discover.ts";
import { isFrontDoorPage } from "./front-door.ts";
import { hints } from "./hint.ts";
import { initialize } from "./initialize.ts";
import { legacySse } from "./legacy-sse.ts";
import { hostHeader, now, spent, type Line } from "./line.ts";
import { candidatesFor, likeliestPlaces, servesElsewhere, type PathCandidate } from "./paths.ts";
import { judgeRefusal, type RefusalVerdict } from "./refused.ts";
import { sessionChannel } from "./channel.ts";
import type { Confirmed, Hinted, Nothing, Refused, Sighting, Stopped } from "./sighting.ts";

export type Recognition =
  | Confirmed
  | (RefusalVerdict & { readonly kind: "refusal"; readonly path: string })
  | Hinted
  | Stopped
  | { readonly kind: "none"; readonly because: string };

/** Walks the candidate places until something is certain or the budget is spent. */
export async function recognise(line: Line): Promise<Recognition> {
  const queue = candidatesFor(line.target);
  const nothings: Nothing[] = [];
  const asked = new Set<string>();
  let best: Recognition | undefined;
  for (let next = queue.shift(); next !== undefined && !spent(line); next = queue.shift()) {
    if (asked.has(placeOf(next))) continue;
    if (next.path !== "/" && tellsAll({ line, best, nothings, asked })) continue;
    const { sighting, named } = await step(line, next);
    asked.add(placeOf(next));
    queue.unshift(...namedBy(named), ...below(sighting));
    if (sighting.kind === "confirmed") return sighting;
    if (sighting.kind === "stopped") return best ?? sighting;
    if (sighting.kind === "nothing") {
      nothings.push(sighting);
      best = stronger(best, hintIn(sighting));
    } else best = await weigh(line, sighting, best);
    if (isCertain(best)) break;
  }
  if (!isNothing(best)) return best;
  return unfinished(line, nothings, tellsAll({ line, best, nothings, asked }));
}

function placeOf({ step: kind, path }: PathCandidate): string {
  return `${kind} ${path}`;
}

function hintIn({ path, reply }: Nothing): Hinted | undefined {
  if (!hints.headers(reply)) return undefined;
  return { kind: "likely", path, because: "CORS lets MCP headers through; no path answered MCP" };
}

function namedBy(path: string | undefined): PathCandidate[] {
  return path === undefined ? [] : [{ path, step: "post", reason: "named by the start page" }];
}

/** Whoever says in JSON-RPC that a place is missing serves the places below it. */
function below(sighting: Sighting): PathCandidate[] {
  if (sighting.kind !== "nothing" || !sighting.indicated || sighting.reply.status !== 404)
    return [];
  const path = `${sighting.path.replace(/\/$/, "")}/sse`;
  return [{ path, step: "stream", reason: "fast-mcp for Ruby under its prefix" }];
}

/** Keeps the stronger of what was known and a hint or refusal; only the first refusal is looked into. */
async function weigh(
  line: Line,
  sighting: Hinted | Refused,
  best: Recognition | undefined,
): Promise<Recognition | undefined> {
  if (sighting.kind !== "refused") return stronger(best, sighting);
  if (best?.kind === "refusal") return best;
  const verdict = await judgeRefusal(line, sighting);
  return stronger({ kind: "refusal", path: sighting.path, ...verdict }, best);
}

function isCertain(best: Recognition | undefined): boolean {
  return best?.kind === "refusal" && best.confidence === "auth-required";
}

function isNothing(
  best: Recognition | undefined,
): best is undefined | Extract<Recognition, { kind: "none" }> {
  return best === undefined || best.kind === "none";
}

async function step(
  line: Line,
  { path, step: kind }: PathCandidate,
): Promise<{ sighting: Sighting; named?: string }> {
  if (kind === "stream") return { sighting: await legacySse(line, path) };
  if (kind === "banner") return banner(line, path);
  const first = await discover(line, path);
  if (first.kind !== "nothing" || !first.indicated || spent(line)) return { sighting: first };
  const second = await initialize(line, first.path);
  if (second.kind === "confirmed" || first.proof === undefined) return { sighting: second };
  return {
    sighting: {
      kind: "confirmed",
      because: "server/discover answered with the versions it supports",
      path: first.path,
      era: "legacy",
      transport: "streamable-http",
      identity: first.proof,
      channel: sessionChannel(
        line,
        first.path,
        first.proof.versions.toSorted().at(-1) ?? "",
        undefined,
      ),
      ...("reply" in second && { refusal: second.reply }),
    },
  };
}

interface Walk {
  readonly line: Line;
  readonly best: Recognition | undefined;
  readonly nothings: readonly Nothing[];
  readonly asked: ReadonlySet<string>;
}

/** What was answered is what every other place would answer too: only the root, which may name a place, is still asked. */
function tellsAll(walk: Walk): boolean {
  return isCatchAll(walk.nothings) || isAbsent(walk);
}

/** A host that gives two unlike questions the same page gives it to every question; "not found" says nothing of the kind. */
function isCatchAll(nothings: readonly Nothing[]): boolean {
  const [first, second] = nothings;
  if (first === undefined || second === undefined || first.path === second.path) return false;
  const empty = first.reply.status === 404 || first.reply.body === "";
  return !empty && answerOf(first) === answerOf(second);
}

/**
 * All of the likeliest places are missing in one and the same words, and nothing speaks for another: no path of a front
 * door, no name with MCP in it, no JSON-RPC, no framework whose MCP servers live elsewhere.
 */
function isAbsent({ line: { target }, best, nothings, asked }: Walk): boolean {
  const [first] = nothings;
  if (first === undefined || !isNothing(best)) return false;
  if (!likeliestPlaces.every((place) => asked.has(placeOf(place)))) return false;
  if (target.paths.length > 0 || target.hosts.some((name) => /mcp/i.test(name))) return false;
  return nothings.every(
    (nothing) =>
      nothing.reply.status === 404 &&
      !nothing.indicated &&
      answerOf(nothing) === answerOf(first) &&
      !servesElsewhere(nothing.reply),
  );
}

function answerOf({ reply }: Nothing): string {
  return `${reply.status ?? ""} ${sha256(reply.body)}`;
}

const strength = new Map<string, number>([
  ["unknown", 1],
  ["related", 2],
  ["likely", 3],
  ["auth-required", 4],
]);

export function stronger(
  left: Recognition | undefined,
  right: Recognition | undefined,
): Recognition {
  const ranked = [left, right].filter((item) => item !== undefined);
  const [first, second] = ranked;
  if (first === undefined) return { kind: "none", because: "Nothing answered" };
  return second !== undefined && weight(second) > weight(first) ? second : first;
}

function weight(recognition: Recognition): number {
  const word = "confidence" in recognition ? recognition.confidence : recognition.kind;
  return strength.get(word) ?? 0;
}

function unfinished(line: Line, nothings: readonly Nothing[], told: boolean): Recognition {
  if (now(line.options) >= line.budget.until) {
    return {
      kind: "stopped",
      confidence: "unknown",
      because: "The time for this port was spent before it was certain",
    };
  }
  if (line.options.signal.aborted) {
    return { kind: "stopped", confidence: "unknown", because: "The run was interrupted" };
  }
  if (nothings.some(({ reply }) => reply.encoded)) {
    return {
      kind: "stopped",
      confidence: "unknown",
      because: "The server encodes its answers although it was asked not to; none was unpacked",
    };
  }
  if (isUnknownName(line, nothings)) {
    return {
      kind: "stopped",
      confidence: "unknown",
      because: "The front door does not know the host name it was asked by",
      unknownName: true,
    };
  }
  const because = told
    ? "The likeliest places of an MCP server gave one and the same answer; the others were not asked"
    : "No usual place of an MCP server answered the protocol";
  return { kind: "none", because };
}

/** A front door that was not told a name answers by itself, and what it says is nothing about the servers behind it. */
function isUnknownName({ target, host }: Line, nothings: readonly Nothing[]): boolean {
  const nameless = target.hosts.length === 0 && host === hostHeader(target);
  return nothings.some(({ reply }) => {
    if (reply.status === 421 || reply.status === 503) return true;
    const absent = reply.status === 404 || reply.status === 502;
    return nameless && absent && (target.frontDoor === true || isFrontDoorPage(reply));
  });
}
