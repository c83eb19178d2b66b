import { setMaxListeners } from "node:events";
import process from "node:process";
import { text } from "node:stream/consumers";
import { probeAll } from "../../src/probe/probe-all.ts";
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

const endpoints: readonly Endpoint[] = JSON.parse(await text(process.stdin));
const keep = process.argv.includes("--keep");
const tls = process.argv.includes("--https") ? ("https" as const) : ("unknown" as const);
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
const started = performance.now();
const before = process.cpuUsage();
const found = await probeAll(targets, {
  signal,
  userAgent: "postern-bench",
  concurrency: 64,
  onRequest: () => (requests += 1),
  ...(keep && {
    transcript: ({ url }, { request }) => sent.push([byUrl.get(new URL(url).host) ?? -1, request]),
  }),
});
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
