import process from "node:process";
import { agreement } from "../../test/reach/agreement.ts";

/** Compares the engine with the evaluator of single packets on many more configurations than the tests draw. */
const [what = "random", count = "100000", seed = "1000000"] = process.argv.slice(2);
if (what !== "random") throw new Error(`there is no soak test ${what}; there is: random`);
const { compared, open, disagreements } = agreement(Number(seed), Number(count));
const arriving = Object.values(open).reduce((sum, each) => sum + each, 0);
process.stdout.write(
  `${compared} packets compared, ${arriving} arrive, ${disagreements.length} disagreements\n`,
);
for (const { seed: drawn, packet, engine } of disagreements.slice(0, 20))
  process.stdout.write(`seed ${drawn}: engine says ${engine} of ${JSON.stringify(packet)}\n`);
process.exitCode = disagreements.length === 0 ? 0 : 1;
