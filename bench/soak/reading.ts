import { isDeepStrictEqual } from "node:util";
import process from "node:process";
import type { Provider } from "../../src/model/provider.ts";
import { readingOf } from "../../test/reach/clouds.ts";
import { bothOrders, turnedRound } from "../../test/reach/reading-properties.ts";

/** Leaves out each call of every labelled case, and reads its pages backwards; false when a verdict turns round. */
export function soakReading(provider: Provider): boolean {
  const { scenarios, open = {}, ...reading } = readingOf(provider);
  const wrong = scenarios.flatMap(({ id, config }) => {
    const [there, back] = bothOrders(reading, config);
    const order = isDeepStrictEqual(there, back) ? [] : ["the order of pages matters"];
    return [...order, ...turnedRound(reading, config)].map((each) => `${id}: ${each}`);
  });
  const known = Object.values(open).reduce((sum, ids) => sum + ids.length, 0);
  process.stdout.write(
    `${provider}: ${known} pairs of case and call are known to be open\n${provider}: ${scenarios.length} cases read in part, ${wrong.length} verdicts turned round\n`,
  );
  for (const line of wrong.slice(0, 200)) process.stdout.write(`${line}\n`);
  return wrong.length === 0;
}
