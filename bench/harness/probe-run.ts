import { setMaxListeners } from "node:events";
import process from "node:process";
import { text } from "node:stream/consumers";
import type { Endpoint } from "./endpoints.ts";

/** What one run of the prober came to. */
export interface ProbeRun {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Largest resident set of the process, in MB. */
  readonly rss: number;
  readonly requests: number;
  /** Answers in the order of the endpoints, in the words of their labels. */
  readonly answers: readonly string[];
  /** The bytes of each request by index of its endpoint; empty unless asked for. */
  readonly sent: readonly (readonly [endpoint: number, request: string])[];
}

// As it is shipped: tsx would add a name to each function that is made.
const compiled = new URL("../../dist/src/probe/probe-all.js", import.meta.url).href;
const { probeAll }: typeof import("../../src/probe/probe-all.ts") = await import(compiled);
const endpoints: readonly Endpoint[] = JSON.parse(await text(process.stdin));
const keep = process.argv.includes("--keep");
const tls = process.argv.includes("--https") ? ("https" as const) : ("unknown" as const);
/** How often the list is probed; only the last time counts. */
const rounds = Number(/--rounds=(\d+)/.exec(process.argv.join(" "))?.[1] ?? 1);
const sent: [number, string][] = [];
let requests = 0;

const targets = endpoints.map(({ address, port }, index) => ({
  id: String(index),
  address,
  port,
  family: "ipv4" as const,
  hosts: [],
  paths: [],
  tls,
  scalesToZero: false,
}));
const byUrl = new Map(endpoints.map(({ address, port }, index) => [`${address}:${port}`, index]));
const { signal } = new AbortController();
setMaxListeners(0, signal);
for (let round = 1; round < rounds; round += 1) await probeOnce();
requests = 0;
const started = performance.now();
const before = process.cpuUsage();
const found = await probeOnce();
const { user, system } = process.cpuUsage(before);
const run: ProbeRun = {
  wallMs: performance.now() - started,
  cpuMs: (user + system) / 1000,
  rss: process.resourceUsage().maxRSS / 1024,
  requests,
  answers: found.map(({ confidence, authentication }) =>
    confidence === "confirmed" || confidence === "auth-required"
      ? `${confidence} ${authentication.verdict}`
      : confidence,
  ),
  sent,
};
process.stdout.write(JSON.stringify(run));

async function probeOnce(): ReturnType<typeof probeAll> {
  return probeAll(targets, {
    signal,
    userAgent: "postern-bench",
    concurrency: 64,
    onRequest: () => (requests += 1),
    ...(keep && {
      transcript: ({ url }, { request }) =>
        sent.push([byUrl.get(new URL(url).host) ?? -1, request]),
    }),
  });
}
