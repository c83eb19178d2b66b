import { sha256 } from "../hash.ts";
import type { Fingerprint, Target } from "../model/server.ts";
import { refuseAddress } from "./address.ts";
import { judgeAuthentication, type AuthenticationSigns } from "./authentication.ts";
import { bannersOf } from "./banners.ts";
import { enumerate, type Lists } from "./enumerate.ts";
import { hostHeader, now, openLine, urlOf, type Line } from "./line.ts";
import { certificateNames, rankedNames } from "./host-names.ts";
import { probeLimits, wakeLimits } from "./limits.ts";
import { watchLoop } from "./loop-time.ts";
import type { ProbeOptions } from "./options.ts";
import { pause } from "./pause.ts";
import { recognise, stronger, type Recognition } from "./recognise.ts";
import { askMetadata } from "./refused.ts";
import type { Confirmed } from "./sighting.ts";

/** Finds out what answers at one target. Never throws for what a peer does; never calls a tool. */
export async function probe(target: Target, options: ProbeOptions): Promise<Fingerprint> {
  const refusal =
    refuseAddress(target.address) ?? (target.connect && refuseAddress(target.connect.address));
  if (refusal !== undefined) return unasked(target, refusal, options);
  const line = openLine(target, options);
  const release = watchLoop();
  try {
    return await probeBoth(line, target, options);
  } finally {
    release();
  }
}

/** What is said of a target to which nothing was sent. */
export function unasked(target: Target, because: string, options: ProbeOptions): Fingerprint {
  const line = openLine(target, options);
  return conclude(line, { kind: "stopped", confidence: "unknown", because });
}

/** The second attempt is that at a platform that may have been asleep. */
async function probeBoth(line: Line, target: Target, options: ProbeOptions): Promise<Fingerprint> {
  const first = await attempt(line);
  if (!target.scalesToZero || !mayWake(line, first) || options.signal.aborted) {
    return finish(line, first);
  }
  line.parked.close();
  if (byGateway(line)) await pause(line.limits.wakePauseMs, options.signal);
  const again = openLine(target, options, wakeLimits({ ...probeLimits, ...options.limits }));
  const second = await attempt(again);
  again.exchanges.unshift(...line.exchanges);
  return finish(again, second);
}

/** Nothing answered, or the platform did in place of a server that was not there yet. */
function mayWake(line: Line, found: Recognition): boolean {
  if (found.kind !== "stopped") return false;
  const late = ["timeout", "silent"].includes(line.exchanges.at(-1)?.outcome ?? "");
  return found.confidence === "unreachable" || byGateway(line) || late;
}

function byGateway({ exchanges }: Line): boolean {
  return exchanges.some(({ status = 0 }) => [502, 503, 504].includes(status));
}

/** One pass a host name, each with a budget of its own: behind each may be another server. */
async function attempt(line: Line): Promise<Recognition> {
  const names = [...rankedNames(line.target)];
  const asked: string[] = [];
  let best: Recognition | undefined;
  // Without any name the address is asked for.
  let name = names.shift();
  for (;;) {
    renew(line);
    line.host = hostHeader(line.target, name);
    line.hostCheck = false;
    asked.push(name ?? line.target.address);
    const found = await recognise(line);
    if (isFinal(found)) return found.kind === "stopped" ? stronger(found, best) : found;
    best = stronger(best, found);
    if (names.length === 0) names.push(...certificateNames(namesOf(line), asked));
    name = names.shift();
    if (name === undefined || line.options.signal.aborted) return best;
  }
}

function namesOf({ facts }: Line): readonly string[] {
  return facts.certificate?.names ?? [];
}

function renew(line: Line): void {
  const { requests, recognitionMs } = line.limits;
  line.budget = { requests, until: now(line.options) + recognitionMs };
}

/** Another name would not change it. */
function isFinal(found: Recognition): boolean {
  if (found.kind === "refusal") return found.confidence === "auth-required";
  return found.kind === "confirmed" || (found.kind === "stopped" && found.unknownName !== true);
}

async function finish(line: Line, found: Recognition): Promise<Fingerprint> {
  try {
    return found.kind === "confirmed" ? await describeServer(line, found) : conclude(line, found);
  } finally {
    line.parked.close();
  }
}

async function describeServer(line: Line, server: Confirmed): Promise<Fingerprint> {
  const { identity, path } = server;
  const lists = server.refusal ? await closed(server) : await enumerate(line, server);
  const published = await askMetadata(line, path);
  const refusal = server.refusal ?? lists.refusal;
  const signs: AuthenticationSigns = {
    listing: listingOf(lists),
    hostCheck: line.hostCheck,
    mtls: false,
    ...(refusal && { refusal }),
    ...published,
  };
  return {
    ...common(line),
    url: urlOf(line, path),
    confidence: "confirmed",
    because: server.because,
    era: server.era,
    transport: server.transport,
    protocolVersions: identity.versions.toSorted(),
    ...(identity.serverInfo && { serverInfo: identity.serverInfo }),
    ...(identity.instructions !== undefined && {
      instructionsSha256: sha256(identity.instructions),
    }),
    capabilities: identity.capabilities,
    authentication: judgeAuthentication(signs),
    ...(lists.tools && { tools: lists.tools }),
    ...(lists.resources !== undefined && { resources: lists.resources }),
    ...(lists.prompts !== undefined && { prompts: lists.prompts }),
    truncated: lists.truncated,
  };
}

async function closed({ channel }: Confirmed): Promise<Lists> {
  await channel.close();
  return { toolless: false, truncated: false };
}

function listingOf({ tools, toolless, resources, prompts }: Lists): AuthenticationSigns["listing"] {
  if (tools === undefined) return "refused";
  if (toolless) return (resources ?? prompts) === undefined ? "refused" : "toolless";
  return tools.length === 0 ? "empty" : "open";
}

function conclude(line: Line, found: Exclude<Recognition, Confirmed>): Fingerprint {
  const path = "path" in found ? found.path : "/";
  const refused = found.kind === "refusal";
  return {
    ...common(line),
    url: urlOf(line, path),
    confidence: confidenceOf(found),
    because: found.because,
    protocolVersions: [],
    capabilities: [],
    authentication: judgeAuthentication({
      listing: "unasked",
      hostCheck: false,
      mtls: line.facts.mode === "mtls",
      ...(refused && { refusal: found.refusal }),
      ...(refused && found.published),
    }),
    truncated: false,
  };
}

function confidenceOf(found: Exclude<Recognition, Confirmed>): Fingerprint["confidence"] {
  if (found.kind === "refusal" || found.kind === "stopped") return found.confidence;
  return found.kind;
}

function common(
  line: Line,
): Pick<Fingerprint, "target" | "tls" | "exchanges" | "warnings" | "banners"> {
  const banners = bannersOf(line.seen);
  return {
    ...(banners.length > 0 && { banners }),
    target: line.target.id,
    tls: line.facts,
    exchanges: line.exchanges,
    warnings: [...line.warnings].toSorted(),
  };
}
