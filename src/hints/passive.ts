import type { Workload, WorkloadText } from "../model/inventory.ts";
import type { Source } from "../model/finding.ts";
import { bindingsOf } from "./bindings.ts";
import { hintWeights } from "./weights.ts";

/** A passive sign that a workload runs an MCP server. */
export interface Hint {
  /** Row of the weight table. */
  readonly id: string;
  readonly kind: WorkloadText["kind"];
  readonly weight: number;
  /** The words that told, at most 120 characters. */
  readonly text: string;
  readonly because: string;
  /** Port it is told, or by default known, to listen on. */
  readonly port?: number;
  /** Address it is told to listen on: `0.0.0.0`, `127.0.0.1`, `::`. */
  readonly bind?: string;
  readonly source: Source;
}

/** Score from which a workload counts as suspected. */
export const hintThreshold = 8;

/** A start-up script is read up to this many characters; clouds allow 16 to 256 KiB. */
const longestText = 262_144;
const longestQuote = 120;

/** Every sign in the texts of a workload, each row of the table once per kind of text. */
export function hintsOf(workload: Workload): readonly Hint[] {
  const texts = [...workload.texts, ...tagTexts(workload)];
  const hints = new Map<string, Hint>();
  for (const text of texts) {
    for (const hint of hintsIn(text)) {
      const key = `${hint.id} ${hint.kind}`;
      if (!hints.has(key)) hints.set(key, hint);
    }
  }
  return [...hints.values()].toSorted(
    (a, b) => b.weight - a.weight || compare(a.id, b.id) || compare(a.kind, b.kind),
  );
}

/** The strongest sign counts whole, every further one of another row half. */
export function hintScore(hints: readonly Hint[]): number {
  const rows = new Map<string, number>();
  for (const hint of hints) rows.set(hint.id, Math.max(hint.weight, rows.get(hint.id) ?? 0));
  const [first = 0, ...others] = [...rows.values()].toSorted((a, b) => b - a);
  return first + others.reduce((sum, weight) => sum + weight, 0) / 2;
}

/** Whether the signs are enough to suspect an MCP server. */
export function suspicious(hints: readonly Hint[]): boolean {
  return hintScore(hints) >= hintThreshold;
}

function hintsIn(text: WorkloadText): readonly Hint[] {
  const body = text.text.slice(0, longestText);
  const binding = bindingsOf(body);
  return hintWeights.flatMap((row): readonly Hint[] => {
    if (!row.kinds.includes(text.kind)) return [];
    const found = row.pattern.exec(body)?.[0].trim();
    if (found === undefined) return [];
    const port = binding.port ?? row.port;
    return [
      {
        id: row.id,
        kind: text.kind,
        weight: row.weight,
        text: found.slice(0, longestQuote),
        because: row.because,
        ...(port === undefined ? {} : { port }),
        ...(binding.address === undefined ? {} : { bind: binding.address }),
        source: text.source,
      },
    ];
  });
}

/** The name and tags of a workload are texts as well. */
function tagTexts(workload: Workload): readonly WorkloadText[] {
  const tags = Object.entries(workload.tags).map(([key, value]) => `${key}=${value}`);
  return [workload.name, ...tags].map((text) => ({ kind: "tag", text, source: workload.source }));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
