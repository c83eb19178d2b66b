import process from "node:process";
import { loopTime, watchLoop } from "../../src/probe/loop-time.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

/** Probes one port of this machine and prints what it cost: a process of its own, so that memory can be told. */
// Time in which the loop ran: on a machine that is busy with others the clock says nothing about the budget.
const release = watchLoop();
const started = loopTime();
const { confidence, exchanges } = await probe(targetAt(Number(process.argv[2])), probeOptions());
process.stdout.write(
  JSON.stringify({
    confidence,
    ms: loopTime() - started,
    megabytes: process.resourceUsage().maxRSS / 1024,
    largest: Math.max(0, ...exchanges.map(({ bytes }) => bytes)),
  }),
);
release();
