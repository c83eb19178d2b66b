import process from "node:process";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

/** Probes one port of this machine and prints what it cost: a process of its own, so that memory can be told. */
const started = performance.now();
const { confidence, exchanges } = await probe(targetAt(Number(process.argv[2])), probeOptions());
process.stdout.write(
  JSON.stringify({
    confidence,
    ms: performance.now() - started,
    megabytes: process.resourceUsage().maxRSS / 1024,
    largest: Math.max(0, ...exchanges.map(({ bytes }) => bytes)),
  }),
);
