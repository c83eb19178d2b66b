import { sha256 } from "../hash.ts";
import { banner, type Banner } from "./banner.ts";
import { discover } from "./discover.ts";
import { hints } from "./hint.ts";
import { initialize } from "./initialize.ts";
import { legacySse } from "./legacy-sse.ts";
import { spent, type Line } from "./line.ts";
import {
  candidatesFor,
  isTelling,
  isUsualPath,
  likeliestPlaces,
  servesElsewhere,
  type PathCandidate,
} from "./paths.ts";
import { asksForOne } from "./authentication.ts";
import { judgeRefusal, type RefusalVerdict } from "./refused.ts";
import { rpcErrorText, speaksOfMcp } from "./rpc-error.ts";
import { sessionChannel } from "./channel.ts";
import type { Confirmed, Hinted, Nothing, Refused, Sighting, Stopped } from "./sighting.ts";
import { unfinished } from "./unfinished.ts";

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
  while (!spent(line)) {
    const next = queue.shift();
    if (next === undefined) break;
    if (asked.has(placeOf(next))) continue;
    if (tellsAll({ line, best, nothings, asked }, next.path)) continue;
    const { sighting, leads } = await step(line, next);
    asked.add(placeOf(next));
    queue.unshift(...leads, ...below(sighting));
    if (sighting.kind === "confirmed") return sighting;
    if (sighting.kind === "stopped") return isNothing(best) ? sighting : best;
    if (sighting.kind === "nothing") nothings.push(sighting);
    best = await weigh(line, sighting, best);
    if (isCertain(best)) break;
  }
  best = joined(best, hintOfPlace(nothings));
  if (!isNothing(best)) return best;
  const told = tellsAll({ line, best, nothings, asked }, "");
  const missed = queue.some((place) => isTelling(place) && !asked.has(placeOf(place)));
  return unfinished({ line, nothings, told, missed });
}

function placeOf({ step: kind, path }: PathCandidate): string {
  return `${kind} ${path}`;
}

function hintIn({
  path,
  reply,
  earlier = reply,
}: Pick<Nothing, "path" | "reply" | "earlier">): Hinted | undefined {
  const replies = [reply, earlier];
  if (replies.some((one) => hints.headers(one))) {
    return { kind: "likely", path, because: "CORS lets MCP headers through; no path answered MCP" };
  }
  if (!replies.some((one) => speaksOfMcp(one))) return undefined;
  return {
    kind: "likely",
    path,
    because: "An error in JSON-RPC speaks of MCP; no path answered it",
  };
}

/** JSON-RPC errors come from the place of that name and from no other. */
function hintOfPlace(nothings: readonly Nothing[]): Hinted | undefined {
  const speaking = nothings.filter(
    ({ reply }) => (reply.status ?? 0) >= 400 && rpcErrorText(reply) !== undefined,
  );
  const [first] = speaking;
  const mute = nothings.some(({ path }) => path !== first?.path);
  const only = speaking.every(({ path, reply }) => path === first?.path && reply.status !== 404);
  if (first === undefined || !mute || !only || !/\/mcp\/?$/i.test(first.path)) return undefined;
  return {
    kind: "likely",
    path: first.path,
    because: "Only the place named for MCP answers with errors in JSON-RPC",
  };
}

/** A refusal tells more where something else in the protocol speaks of MCP; words on a page do not. */
function joined(
  best: Recognition | undefined,
  hint: Recognition | undefined,
): Recognition | undefined {
  const [refusal, sign] = hint?.kind === "refusal" ? [hint, best] : [best, hint];
  if (refusal?.kind !== "refusal" || sign?.kind !== "likely" || sign.onPage === true) {
    return stronger(best, hint);
  }
  if (isCertain(refusal) || !asksForOne(refusal.refusal)) return stronger(best, hint);
  const because = `${clauseOf(refusal)}, and ${clauseOf(sign).replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase())}`;
  return { ...refusal, confidence: "auth-required", because };
}

/** What was seen, without what it was not enough for. */
function clauseOf({ because }: { readonly because: string }): string {
  return because.split(/[:;]/)[0] ?? because;
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
  sighting: Hinted | Nothing | Refused,
  best: Recognition | undefined,
): Promise<Recognition | undefined> {
  if (sighting.kind === "nothing") return joined(best, hintIn(sighting));
  if (sighting.kind !== "refused") return joined(best, sighting);
  if (best?.kind === "refusal") return best;
  const { path, earlier } = sighting;
  const known = earlier === undefined ? best : joined(best, hintIn({ path, reply: earlier }));
  const verdict = await judgeRefusal(line, sighting);
  return joined(known, { kind: "refusal", path: sighting.path, ...verdict });
}

function isCertain(best: Recognition | undefined): boolean {
  return best?.kind === "refusal" && best.confidence === "auth-required";
}

function isNothing(
  best: Recognition | undefined,
): best is undefined | Extract<Recognition, { kind: "none" }> {
  return best === undefined || best.kind === "none";
}

async function step(line: Line, { path, step: kind }: PathCandidate): Promise<Banner> {
  if (kind === "banner") return banner(line, path);
  const sighting = kind === "stream" ? await legacySse(line, path) : await post(line, path);
  return { sighting, leads: [] };
}

async function post(line: Line, path: string): Promise<Sighting> {
  const first = await discover(line, path);
  if (first.kind !== "nothing" || !first.indicated || spent(line)) return first;
  const second = await initialize(line, first.path);
  if (second.kind === "confirmed") return second;
  if (first.proof !== undefined) return proven(line, first, first.proof, second);
  if (second.kind === "nothing" || second.kind === "refused") {
    return { ...second, earlier: first.reply };
  }
  return second.kind === "stopped" ? (hintIn(first) ?? second) : second;
}

/** The versions listed show what it is, although the handshake failed. */
function proven(
  line: Line,
  { path }: Nothing,
  identity: NonNullable<Nothing["proof"]>,
  second: Sighting,
): Confirmed {
  return {
    kind: "confirmed",
    because: "server/discover answered with the versions it supports",
    path,
    era: "legacy",
    transport: "streamable-http",
    identity,
    channel: sessionChannel(line, path, identity.versions.toSorted().at(-1) ?? "", undefined),
    ...("reply" in second && { refusal: second.reply }),
  };
}

interface Walk {
  readonly line: Line;
  readonly best: Recognition | undefined;
  readonly nothings: readonly Nothing[];
  readonly asked: ReadonlySet<string>;
}

/** What was answered is what this place would answer too; where one page stands for all, the root may still be another. */
function tellsAll(walk: Walk, path: string): boolean {
  return isAbsent(walk) || (path !== "/" && isCatchAll(walk.nothings));
}

/**
 * A host that gives two unlike questions the same page gives it to every question; "not found" says nothing of the kind,
 * and what one prefix of a front door gives says nothing of another.
 */
function isCatchAll(nothings: readonly Nothing[]): boolean {
  const [first, second] = nothings.filter(({ path }) => isUsualPath(path));
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
