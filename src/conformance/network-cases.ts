import type { Blocked, Exposure, GateCode } from "../model/exposure.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { providers, type Provider } from "../model/provider.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { clientSpace } from "../net/client-space.ts";
import { emptySet, parseSet } from "../net/prefix-set.ts";
import { reach } from "../reach/reach.ts";
import { wrongFlows } from "./flows.ts";
import {
  entriesOf,
  expectedFacts,
  factLines,
  foundFacts,
  isSoft,
  type Fact,
  type Space,
} from "./network-facts.ts";
import { listOf, numberOf, objectOf, textOf, textsOf } from "./read-json.ts";
import { scenarioSnapshot } from "./scenario-snapshot.ts";

export interface CaseResult {
  readonly id: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly expected?: string;
  readonly actual?: string;
  readonly because?: string;
}

export interface NetworkCaseOptions {
  readonly normalise: (snapshot: Snapshot) => Inventory;
  /** Any of them; absent or empty = every case. */
  readonly tags?: readonly string[];
  readonly notTags?: readonly string[];
  readonly caseIds?: readonly string[];
  /** Serves and collects the scenario instead of building its pages in memory. */
  readonly collect?: (scenario: JsonObject) => Promise<Snapshot>;
}

/** Runs labelled network scenarios, one result each, in the file's order. */
export async function runNetworkCases(
  file: Json,
  options: NetworkCaseOptions,
): Promise<CaseResult[]> {
  const cloud = textOf(objectOf(file)["cloud"]);
  const provider = providers.find((each) => each === cloud) ?? "aws";
  const out: CaseResult[] = [];
  for (const scenario of listOf(objectOf(file)["scenarios"]).map(objectOf)) {
    if (!selected(scenario, options)) continue;
    const skipped = skipReason(scenario);
    const id = textOf(scenario["id"]) ?? "?";
    if (skipped !== undefined) out.push({ id, outcome: "skipped", because: skipped });
    else {
      const snapshot = options.collect
        ? await options.collect(scenario)
        : scenarioSnapshot[provider](scenario);
      out.push(judgeNetworkCase(scenario, options.normalise(snapshot), provider));
    }
  }
  return out;
}

function selected(scenario: JsonObject, options: NetworkCaseOptions): boolean {
  const { tags = [], notTags = [], caseIds = [] } = options;
  const own = textsOf(scenario["tags"]);
  return (
    (caseIds.length === 0 || caseIds.includes(textOf(scenario["id"]) ?? "")) &&
    (tags.length === 0 || tags.some((tag) => own.includes(tag))) &&
    !notTags.some((tag) => own.includes(tag))
  );
}

function skipReason(scenario: JsonObject): string | undefined {
  if (scenario["provenance"] === "reasoned") return "the case is reasoned, not documented";
  const expected = objectOf(scenario["expected"]);
  if (!("exposures" in expected)) return "the case declares no exposures";
  const soft = entriesOf(expected, "exposures").some(isSoft);
  return soft ? "the expected exposure is unverified" : undefined;
}

/** Compares what the engine found in an inventory with what a scenario declares. */
export function judgeNetworkCase(
  scenario: JsonObject,
  inventory: Inventory,
  provider: Provider,
): CaseResult {
  const id = textOf(scenario["id"]) ?? "?";
  const absent = entriesOf(scenario["expected"], "notExposed").filter((entry) => !isSoft(entry));
  const { from, space } = askedBy(scenario, provider);
  const { exposures, blocked } = reach(inventory, undefined, {
    everyPort: true,
    ...(from && { from }),
  });
  const now = exposures.filter(({ latent }) => latent === undefined);
  const live = now.filter(({ verdict }) => verdict === "reachable");
  const open = now.filter(({ verdict }) => verdict === "unknown");
  const declared = (key: string): readonly Fact[] =>
    entriesOf(scenario["expected"], key).flatMap((entry) => expectedFacts(entry, space));
  const wanted = declared("exposures");
  const names = new Set([
    ...[...wanted, ...declared("unknown")].map(({ workload }) => workload),
    ...absent.flatMap((entry) => textOf(objectOf(entry)["workload"]) ?? []),
  ]);
  const found = (of: readonly Exposure[]): readonly Fact[] =>
    of.flatMap((exposure) => foundFacts(exposure, names, space));
  const unsure = (facts: readonly Fact[]): string[] =>
    "unknown" in objectOf(scenario["expected"])
      ? factLines(facts, space).map((line) => `perhaps ${line}`)
      : [];
  const want = [...factLines(wanted, space), ...unsure(declared("unknown"))];
  const got = [...factLines(found(live), space), ...unsure(found(open))];
  const missing = want.filter((line) => !got.includes(line));
  const extra = got.filter((line) => !want.includes(line));
  const wrong = [
    ...wanted.flatMap((fact) => wrongAddress(fact, live)),
    ...absent.flatMap((tuple) => wrongGate(objectOf(tuple), live, blocked)),
    ...wrongFlows(scenario, inventory),
  ];
  if (missing.length + extra.length + wrong.length === 0) return { id, outcome: "passed" };
  return {
    id,
    outcome: "failed",
    expected: [...missing, ...wrong.map((each) => each.expected)].join("\n") || "no other exposure",
    actual: [...extra, ...wrong.map((each) => each.actual)].join("\n") || "nothing",
  };
}

/** Who is asked about: the clients that a scenario names, or the internet. */
function askedBy(
  scenario: JsonObject,
  provider: Provider,
): { readonly from?: readonly string[]; readonly space: Space } {
  const from = textsOf(scenario["from"]);
  return from.length === 0
    ? { space: (family) => clientSpace(provider, family) }
    : { from, space: (family) => parseSet(family, from) ?? emptySet(family) };
}

interface Difference {
  readonly expected: string;
  readonly actual: string;
}

function sameWorkload({ workload }: Exposure | Blocked, id: string): boolean {
  return workload.id === id || workload.name === id;
}

function wrongAddress(fact: Fact, live: readonly Exposure[]): Difference[] {
  const { address, workload } = fact;
  if (address === undefined) return [];
  const same = live.filter(
    (each) => sameWorkload(each, workload) && (each.via === "direct") === fact.direct,
  );
  const known = same.flatMap(({ entry }) => entry.hosts.concat(entry.address ?? []));
  return known.length === 0 || known.includes(address)
    ? []
    : [{ expected: `entry address ${address}`, actual: `entry addresses ${known.join(", ")}` }];
}

/** A tuple must not be exposed, and the gate that is named must be the one that closes it first. */
function wrongGate(
  tuple: JsonObject,
  live: readonly Exposure[],
  blocked: readonly Blocked[],
): Difference[] {
  const [workload, protocol, port] = [
    textOf(tuple["workload"]) ?? "",
    textOf(tuple["protocol"]),
    numberOf(tuple["port"]) ?? -1,
  ];
  const [family, entryPort] = [textOf(tuple["family"]), numberOf(tuple["entryPort"])];
  const direct = tuple["via"] === "direct";
  const name = `${workload} ${protocol ?? ""}/${port} ${textOf(tuple["via"]) ?? ""}`;
  const open = live.some(
    (each) =>
      sameWorkload(each, workload) &&
      each.protocol === protocol &&
      each.portRange.from <= port &&
      port <= each.portRange.to &&
      (each.via === "direct") === direct &&
      (family === undefined || each.families.some((word) => word === family)) &&
      (entryPort === undefined || each.entry.port.from === entryPort),
  );
  if (open) return [{ expected: `${name} not exposed`, actual: `${name} exposed` }];
  const gates: readonly string[] = [
    textOf(tuple["firstGate"]) ?? "",
    ...textsOf(tuple["alsoAccept"]),
  ];
  const own = blocked.filter(
    (each) =>
      sameWorkload(each, workload) &&
      each.protocol === protocol &&
      each.port.from <= port &&
      port <= each.port.to &&
      (each.via === "direct") === direct &&
      (family === undefined || each.family === family) &&
      (entryPort === undefined || each.entryPort === undefined || each.entryPort === entryPort),
  );
  const codes = own.flatMap((each): GateCode[] =>
    direct ? [each.firstGate] : each.gates.map(({ code }) => code),
  );
  if (codes.some((code) => gates.includes(code))) return [];
  const seen = [...new Set(codes)].join(", ") || "no gate";
  return [
    {
      expected: `${name} first stopped by ${gates.join(" or ")}`,
      actual: `${name} stopped by ${seen}`,
    },
  ];
}
