import process from "node:process";
import { summary, type Measurement } from "./row.ts";

/** CPU seconds of one `loop` on the reference machine: 2 vCPU of an AMD EPYC, Node 20.20. */
const referenceSeconds = 0.05;
const documents = 40;
const samples = 7;

/** How slow this machine is right now, for limits in CPU time: 1 on the reference machine, 2 on one half as fast. */
export function calibrate(): Measurement {
  loop();
  const seconds = Array.from({ length: samples }, () => {
    const start = process.cpuUsage();
    loop();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6 / referenceSeconds;
  });
  return { name: "calibration", unit: "x", limit: 10, better: "lower", ...summary(seconds) };
}

/** Parses the same page of records over and over and sorts them: what Postern spends its time with. */
function loop(): number {
  const page = JSON.stringify(
    Array.from({ length: 1000 }, (_, index) => ({
      id: `i-${((index * 2_654_435_761) % 4_294_967_296).toString(16)}`,
      address: `10.${index % 256}.${(index * 7) % 256}.${(index * 13) % 256}`,
      tags: [{ key: "name", value: `machine ${index}` }],
      rules: [index % 17, index % 31, index % 101],
    })),
  );
  let length = 0;
  for (let round = 0; round < documents; round += 1) {
    const records: { id: string; address: string }[] = JSON.parse(page);
    records.sort((a, b) => (a.id < b.id ? -1 : 1));
    records.sort((a, b) => (a.address < b.address ? -1 : 1));
    length += records.length;
  }
  return length;
}
