import { sha256 } from "../hash.ts";
import type { Fingerprint, Target } from "../model/server.ts";
import { refuseAddress } from "./address.ts";
import { judgeAuthentication, type AuthenticationSigns } from "./authentication.ts";
import { enumerate } from "./enumerate.ts";
import { hostHeader, openLine, spent, urlOf, type Line } from "./line.ts";
import { probeLimits, wakeLimits } from "./limits.ts";
import type { ProbeOptions } from "./options.ts";
import { recognise, type Recognition } from "./recognise.ts";
import { askMetadata } from "./refused.ts";
import type { Confirmed } from "./sighting.ts";

/** Finds out what answers at one target. Never throws for what a peer does; never calls a tool. */
export async function probe(target: Target, options: ProbeOptions): Promise<Fingerprint> {
  const refusal =
    refuseAddress(target.address) ?? (target.connect && refuseAddress(target.connect.address));
  const line = openLine(target, options);
  if (refusal !== undefined) {
    return conclude(line, { kind: "stopped", confidence: "unknown", because: refusal });
  }
  const first = await attempt(line);
  const asleep = first.kind === "stopped" && first.confidence === "unreachable";
  if (!target.scalesToZero || !asleep || options.signal.aborted) return finish(line, first);
  line.parked.close();
  const again = openLine(target, options, wakeLimits({ ...probeLimits, ...options.limits }));
  const second = await attempt(again);
  again.exchanges.unshift(...line.exchanges);
  return finish(again, second);
}

/** One pass a host name; all of them share the budget of the port. */
async function attempt(line: Line): Promise<Recognition> {
  const { target } = line;
  let last: Recognition | undefined;
  for (const name of target.hosts.length === 0 ? [undefined] : target.hosts) {
    if (last !== undefined && spent(line)) break;
    line.host = hostHeader(target, name);
    const found = await recognise(line);
    if (found.kind === "confirmed" || found.kind === "stopped") return found;
    if (found.kind === "refusal" && found.confidence === "auth-required") return found;
    last = last === undefined || last.kind === "none" ? found : last;
  }
  return last ?? { kind: "none", because: "Nothing was asked" };
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
  const metadata = await askMetadata(line, path);
  const refusal = server.refusal ?? lists.refusal;
  const signs: AuthenticationSigns = {
    listing: listingOf(lists.tools?.length),
    hostCheck: line.hostCheck,
    mtls: false,
    ...(refusal && { refusal }),
    ...(metadata && { metadata }),
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

async function closed({ channel }: Confirmed): Promise<Awaited<ReturnType<typeof enumerate>>> {
  await channel.close();
  return { truncated: false };
}

function listingOf(tools: number | undefined): AuthenticationSigns["listing"] {
  if (tools === undefined) return "refused";
  return tools === 0 ? "empty" : "open";
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
      ...(refused && found.metadata && { metadata: found.metadata }),
    }),
    truncated: false,
  };
}

function confidenceOf(found: Exclude<Recognition, Confirmed>): Fingerprint["confidence"] {
  if (found.kind === "refusal" || found.kind === "stopped") return found.confidence;
  return found.kind;
}

function common(line: Line): Pick<Fingerprint, "target" | "tls" | "exchanges" | "warnings"> {
  return {
    target: line.target.id,
    tls: line.facts,
    exchanges: line.exchanges,
    warnings: [...line.warnings].toSorted(),
  };
}
