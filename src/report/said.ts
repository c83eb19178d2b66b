import type { Finding } from "../model/finding.ts";

/** A run of items to write out, or a run that an earlier finding has written out already. */
export type Part<T> =
  | {
      readonly kind: "new";
      readonly items: readonly { readonly item: T; readonly index: number }[];
    }
  | {
      readonly kind: "said";
      readonly finding: string;
      readonly first: T;
      readonly last: T;
      readonly count: number;
    };

export interface Said {
  /**
   * Splits items into what is new and what an earlier finding about the same place said; short runs are said again,
   * and so is what only a finding about another place said: a reader follows one server at a time.
   */
  parts<T>(finding: Finding, items: readonly T[]): Part<T>[];
}

/** Fewer repeated items in a row are easier to read than a reference. */
const shortestRun = 3;

/** Remembers what a report has written, so that ten findings about one server do not draw its path ten times. */
export function said(): Said {
  const seen = new Map<string, string>();
  return {
    parts(finding, items) {
      const keys = items.map((item) => JSON.stringify([placeOf(finding), item]));
      const earlier = keys.map((key) => seen.get(key));
      for (const key of keys) if (!seen.has(key)) seen.set(key, finding.id);
      return joined(runs(items, earlier));
    },
  };
}

/** The workload a chain leads to; a finding without one stands for itself. */
function placeOf({ evidence, subject }: Finding): string {
  return evidence.findLast(({ kind }) => kind === "workload")?.id ?? subject.id;
}

/** Maximal runs of items that the same earlier finding said; a short run counts as new. */
function runs<T>(items: readonly T[], earlier: readonly (string | undefined)[]): Part<T>[] {
  const parts: Part<T>[] = [];
  let start = 0;
  for (let end = 1; end <= items.length; end += 1) {
    if (end < items.length && earlier[end] === earlier[start]) continue;
    const run = items.slice(start, end);
    const [first] = run;
    const last = run.at(-1);
    const finding = earlier[start];
    if (
      finding !== undefined &&
      run.length >= shortestRun &&
      first !== undefined &&
      last !== undefined
    )
      parts.push({ kind: "said", finding, first, last, count: run.length });
    else {
      const offset = start;
      parts.push({ kind: "new", items: run.map((item, i) => ({ item, index: offset + i })) });
    }
    start = end;
  }
  return parts;
}

function joined<T>(parts: readonly Part<T>[]): Part<T>[] {
  const out: Part<T>[] = [];
  for (const part of parts) {
    const before = out.at(-1);
    if (part.kind === "new" && before?.kind === "new")
      out[out.length - 1] = { kind: "new", items: [...before.items, ...part.items] };
    else out.push(part);
  }
  return out;
}
