import process from "node:process";
import { agreement } from "../../test/reach/agreement.ts";
import { gateAgreement, type GateAgreement } from "../../test/reach/gate-agreement.ts";
import { soakChaos } from "./chaos.ts";
import { soakDecisions } from "./decisions.ts";
import { soakKills } from "./kills.ts";
import { soakReading } from "./reading.ts";
import { soakWire } from "./wire.ts";

/** Compares the engine with evaluators of single packets on many more configurations than the tests draw. */
const counts = {
  random: "100000",
  decisions: "20000",
  kills: "50",
  chaos: "50",
  reading: "1",
  wire: "1",
} as const;
const [what = "random", given, seed = "1000000", only] = process.argv.slice(2);
const count = given ?? new Map<string, string>(Object.entries(counts)).get(what);
if (count === undefined)
  throw new Error(`there is no soak test ${what}; there are: ${Object.keys(counts).join(", ")}`);
if (what === "kills" && !(await soakKills(Number(count), Number(seed)))) process.exitCode = 1;
if (what === "chaos" && !(await soakChaos(Number(count), Number(seed)))) process.exitCode = 1;
if (what === "decisions" && !soakDecisions(Number(seed), Number(count))) process.exitCode = 1;

const families = (["aws", "azure", "gcp", "oci"] as const).filter(
  (family) => only === undefined || only === family,
);
for (const family of families) {
  if (what === "reading" && !soakReading(family)) process.exitCode = 1;
  if (what === "wire" && !(await soakWire(family))) process.exitCode = 1;
}

for (const family of what === "random" ? families : []) {
  const { compared, arriving, disagreements } =
    family === "aws"
      ? wholePaths(Number(seed), Number(count))
      : gateAgreement(family, Number(seed), Number(count));
  process.stdout.write(
    `${family}: ${compared} packets compared, ${arriving} arrive, ${disagreements.length} disagreements\n`,
  );
  for (const { seed: drawn, packet, engine } of disagreements.slice(0, 20))
    process.stdout.write(`seed ${drawn}: engine says ${engine} of ${JSON.stringify(packet)}\n`);
  if (disagreements.length > 0) process.exitCode = 1;
}

/** From the raw answers of the API on; the other clouds are compared from their gates on. */
function wholePaths(
  seed_: number,
  packets: number,
): Omit<GateAgreement, "disagreements"> & Pick<ReturnType<typeof agreement>, "disagreements"> {
  const { compared, open, disagreements } = agreement(seed_, packets);
  const arriving = Object.values(open).reduce((sum, each) => sum + each, 0);
  return { compared, arriving, disagreements };
}
