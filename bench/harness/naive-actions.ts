import process from "node:process";
import { actionsMatching, catalogue } from "../../providers/aws/policy/actions.ts";
import type { PolicyDocument } from "../../src/model/identity.ts";

export interface Comparison {
  /** How many times the CPU time of the sets a pattern test of every action takes. */
  readonly ratio: number;
  /** Patterns whose two answers differ. */
  readonly different: number;
}

/** What each document's patterns stand for: once as sets, once by testing every action with a regular expression. */
export function compareWithNaive(documents: readonly PolicyDocument[]): Comparison {
  const patterns = documents.flatMap(({ body }) => patternsIn(JSON.stringify(body)));
  const { names } = catalogue();
  const [sets, fast] = timed(() => patterns.map((pattern) => actionsMatching(pattern)));
  const [lists, slow] = timed(() =>
    patterns.map((pattern) => {
      const test = new RegExp(`^${source(pattern)}$`);
      return names.filter((name) => test.test(name));
    }),
  );
  const different = patterns.filter((_, at) => {
    const ranges = sets[at] ?? [];
    const members: string[] = [];
    for (let n = 0; n < ranges.length; n += 2)
      members.push(...names.slice(ranges[n], ranges[n + 1]));
    return members.join() !== (lists[at] ?? []).join();
  }).length;
  return { ratio: slow / Math.max(fast, 1e-6), different };
}

function patternsIn(text: string): string[] {
  return [...text.matchAll(/"([a-z0-9-]+:[A-Za-z*?]+)"/g)].map(([, pattern = ""]) =>
    pattern.toLowerCase(),
  );
}

function source(pattern: string): string {
  return pattern.replaceAll("*", ".*").replaceAll("?", ".");
}

function timed<T>(work: () => T): readonly [T, number] {
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  return [result, (user + system) / 1e6];
}
