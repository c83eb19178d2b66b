import process from "node:process";
import {
  clean,
  explainPath,
  familyOfCidr,
  openRecorded,
  PosternError,
  type PathAnswer,
} from "../../src/index.ts";
import type { Blocked, Exposure, PortRange } from "../../src/model/exposure.ts";
import { allAdapters } from "../session.ts";
import type { ExplainRequest } from "./explain.ts";

/** `WORKLOAD PORT`: the ways to a port, hop by hop, and what closes the others. */
export async function explain(words: readonly string[], request: ExplainRequest): Promise<void> {
  const [workload = "", portText = "", ...rest] = words;
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN;
  if (workload === "" || rest.length > 0 || !(port <= 65_535)) {
    throw invalid(
      "postern explain path needs a workload and a port",
      "Write: postern explain path WORKLOAD PORT.",
    );
  }
  const from = request.values.from;
  const wrong = from?.find((cidr) => familyOfCidr(cidr) === undefined);
  if (wrong !== undefined)
    throw invalid(`--from ${wrong} is not a CIDR`, "Write for example --from 10.0.0.0/8.");
  const adapters = await allAdapters();
  const { collected } = await openRecorded(request.run);
  const inventories = collected.flatMap((snapshot) => {
    const adapter = adapters.find(({ provider }) => provider === snapshot.provider);
    return adapter ? [adapter.normalise(snapshot)] : [];
  });
  const answers = explainPath(inventories, { workload, port, ...(from && { from }) });
  if (answers.length === 0)
    throw invalid(
      `${request.run} holds no workload ${workload}`,
      "Name it by the id or name that the report shows.",
    );
  const text =
    request.format === "json"
      ? `${JSON.stringify(answers, null, 2)}\n`
      : answers.map(inWords).join("\n");
  process.stdout.write(text);
}

function invalid(message: string, hint: string): PosternError {
  return new PosternError("OPTION_INVALID", message, { hint });
}

function inWords({ workload, port, from, open, latent, blocked }: PathAnswer): string {
  const clients = from === "internet" ? "the internet" : from.join(", ");
  const { id, name } = workload;
  const lines = [
    `${name}${id === name ? "" : ` (${id})`}, port ${port}, from ${clients}: ${verdictOf(open, latent, blocked)}`,
    ...open.flatMap((exposure) => pathLines(exposure)),
    ...latent.flatMap((exposure) => pathLines(exposure)),
    ...blocked.flatMap(blockedLines),
  ];
  return `${lines.map(cleanLine).join("\n")}\n`;
}

/** Cleaning trims, which would lose the indent. */
function cleanLine(line: string): string {
  return line.startsWith("  ") ? `  ${clean(line)}` : clean(line);
}

function verdictOf(
  open: readonly Exposure[],
  latent: readonly Exposure[],
  blocked: readonly Blocked[],
): string {
  if (open.some(({ verdict }) => verdict === "reachable")) return "reachable";
  if (open.length > 0) return "unknown";
  if (latent.length > 0) return "open, but nothing answers now";
  return blocked.length > 0 ? "blocked" : "nothing that was read leads to it";
}

function pathLines(exposure: Exposure): string[] {
  const { protocol, via, entry, families, sources, latent, verdict, hops, assumptions } = exposure;
  const state = latent === undefined ? verdict : `latent (${latent})`;
  const who = sources === "internet" ? "any internet address" : shortened(sources);
  return [
    "",
    `${state}: ${protocol} ${wayOf(via, families.join("+"))}, dialled at ${entry.address ?? "an address that is not known"} port ${portsIn(entry.port)}, from ${who}`,
    ...hops.map(
      ({ kind, id, rule, because }, i) =>
        `  ${i + 1}. ${kind} ${id}: ${because}${rule === undefined || because.includes(rule) ? "" : ` [${rule}]`}`,
    ),
    ...assumptions.map((each) => `  assumed: ${each}`),
  ];
}

function blockedLines({ protocol, family, via, entryPort, gates }: Blocked): string[] {
  const dialled = entryPort === undefined ? "" : `, dialled at port ${entryPort}`;
  return [
    "",
    `blocked: ${protocol} ${wayOf(via, family)}${dialled}`,
    ...gates.map(
      ({ code, rule, because }) =>
        `  ${code}: ${because}${rule === undefined || because.includes(rule) ? "" : ` [${rule}]`}`,
    ),
  ];
}

function wayOf(via: string, families: string): string {
  return `${via === "direct" ? "direct" : `via ${via}`} over ${families}`;
}

function portsIn({ from, to }: PortRange): string {
  return from === to ? String(from) : `${from}-${to}`;
}

function shortened(list: readonly string[]): string {
  return list.length > 4
    ? `${list.slice(0, 4).join(", ")} and ${list.length - 4} more`
    : list.join(", ");
}
