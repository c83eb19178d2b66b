import process from "node:process";
import { agreement } from "../../test/providers/aws-policy-agreement.ts";

/** Compares many more AWS decisions with the obvious evaluator than the tests draw; false on any disagreement. */
export function soakDecisions(seed: number, count: number): boolean {
  const { seen, disagreements } = agreement(seed, count);
  process.stdout.write(
    `${count} decisions compared (${seen.yes} yes, ${seen.maybe} maybe, ${seen.no} no), ${disagreements.length} disagreements\n`,
  );
  for (const line of disagreements.slice(0, 20)) process.stdout.write(`${line}\n`);
  return disagreements.length === 0;
}
