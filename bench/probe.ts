import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { probeLimits } from "../src/probe/limits.ts";
import { root } from "./harness/child.ts";
import { curlCpu, curlLacks, type SentRequest } from "./harness/curl.ts";
import { opensslLacks } from "./harness/certificate.ts";
import type { Endpoint } from "./harness/endpoints.ts";
import { nmapLacks, nmapWall } from "./harness/nmap.ts";
import type { ProbeRun } from "./harness/probe-run.ts";
import type { World } from "./harness/probe-world.ts";
import { summary, type Measurement } from "./harness/row.ts";

const runs = 3;
const comparisons = 5;
const busyLoops = 4;
/** V8 still makes functions faster in the tenth round of the list; after it the cost no longer falls. */
const roundsToCompile = 12;
const concurrency = 64;

/** Judging 1,200 endpoints of known kinds: right every time, about as fast as silence allows, about as cheap as curl. */
export async function rows(): Promise<readonly Measurement[]> {
  spawnSync(process.execPath, [join(root, "bin/from-checkout.mjs"), "--help"], { stdio: "ignore" });
  const world = await startWorld();
  try {
    const quiet = Array.from({ length: runs }, () => probe(world.endpoints));
    const busy = besideLoops(() => Array.from({ length: runs }, () => probe(world.endpoints)));
    const size = world.endpoints.length.toLocaleString("en");
    const seconds = neededSeconds(world.endpoints);
    return [
      right(`right of ${size} endpoints, the worst of ${runs} runs`, world.endpoints, quiet),
      right(
        `right beside ${busyLoops} busy loops, the worst of ${runs} runs`,
        world.endpoints,
        busy,
      ),
      {
        name: `wall over the ${seconds} s that silence alone takes`,
        unit: "x",
        limit: 1.2,
        better: "lower",
        ...summary(quiet.map(({ wallMs }) => wallMs / 1000 / seconds)),
      },
      ...perRequest(world.endpoints, "http"),
      ...(await overTls()),
      await fasterThanNmap(),
      {
        name: "largest resident set",
        unit: "MB",
        limit: 150,
        better: "lower",
        ...summary([...quiet, ...busy].map(({ rss }) => rss)),
      },
    ];
  } finally {
    world.close();
  }
}

function besideLoops<T>(work: () => T): T {
  // They end by themselves when nobody is left to end them.
  const script = "for (const end = Date.now() + 300_000; Date.now() < end; );";
  const loops = Array.from({ length: busyLoops }, () =>
    spawn(process.execPath, ["--eval", script], { stdio: "ignore" }),
  );
  try {
    return work();
  } finally {
    for (const loop of loops) loop.kill("SIGKILL");
  }
}

/** A tarpit holds its place for the whole budget of a port, a silent one for the silence allowed. */
function neededSeconds(endpoints: readonly Endpoint[]): number {
  const { silentMs, pageMs, recognitionMs } = probeLimits;
  const silence = silentMs + pageMs;
  const timeouts = endpoints.reduce((sum, { kind }) => {
    if (kind.group === "tarpit") return sum + recognitionMs / silence;
    return kind.group === "silent" ? sum + 1 : sum;
  }, 0);
  return (Math.ceil(timeouts / concurrency) * silence) / 1000;
}

function right(
  name: string,
  endpoints: readonly Endpoint[],
  all: readonly ProbeRun[],
): Measurement {
  const shares = all.map(({ answers }) => {
    const wrong = endpoints.flatMap(({ kind, expected }, index) =>
      answers[index] === expected ? [] : [`${kind.name}: ${answers[index]}, not ${expected}`],
    );
    for (const text of new Set(wrong)) process.stderr.write(`wrong: ${text}\n`);
    return (100 * (endpoints.length - wrong.length)) / endpoints.length;
  });
  const { n, spread } = summary(shares);
  return { name, unit: "%", limit: 100, better: "higher", value: Math.min(...shares), n, spread };
}

/** Only where each request ends by itself: the time a stream is held open is not work. */
async function overTls(): Promise<readonly Measurement[]> {
  const skipped = opensslLacks();
  if (skipped !== undefined) return perRequest([], "https", skipped);
  const world = await startWorld(["--tls"]);
  try {
    return perRequest(world.endpoints, "https");
  } finally {
    world.close();
  }
}

/** Every tenth endpoint, all on one port, because nmap asks each address at each port. */
async function fasterThanNmap(): Promise<Measurement> {
  const row = {
    name: "times faster than nmap -sV at 120 endpoints",
    unit: "x",
    limit: 50,
    better: "higher",
  } as const;
  const skipped = nmapLacks();
  if (skipped !== undefined) return { ...row, value: 0, n: 0, spread: 0, skipped };
  const port = 18_931;
  const world = await startWorld([`--port=${port}`, "--every=10"]);
  try {
    const own = probe(world.endpoints).wallMs;
    const nmap = nmapWall(
      world.endpoints.map(({ address }) => address),
      port,
    );
    return { ...row, ...summary([nmap / own]) };
  } finally {
    world.close();
  }
}

/**
 * Both count user and system time from the first request to the last; of curl the start of the process too, which is
 * small, of the prober not that of Node, which is not per request. Node compiles what runs often while it runs: the first
 * row holds all of that, the second what a request costs when it is over.
 */
function perRequest(
  endpoints: readonly Endpoint[],
  scheme: "http" | "https",
  skipped = curlLacks(),
): readonly Measurement[] {
  const name = `CPU per ${scheme === "http" ? "HTTP" : "HTTPS"} request over curl --parallel`;
  const row = { unit: "x", limit: 1.3, better: "lower" } as const;
  const none = { ...row, name, value: 0, n: 0, spread: 0 };
  if (skipped !== undefined) return [{ ...none, skipped }];
  if (endpoints.length === 0) return [none];
  const flags = scheme === "https" ? ["--https"] : [];
  const streams = new Set(["legacy-sse", "event-feed"]);
  const ending = endpoints.filter(
    ({ kind }) => (kind.group === "server" || kind.group === "decoy") && !streams.has(kind.name),
  );
  const requests = probe(ending, [...flags, "--keep"]).sent.flatMap(
    ([index, bytes]): SentRequest[] => {
      const endpoint = ending[index];
      return endpoint
        ? [{ origin: `${scheme}://${endpoint.address}:${endpoint.port}`, bytes }]
        : [];
    },
  );
  // Interleaved, so that other load on the machine meets all.
  const costs = Array.from({ length: comparisons }, () => ({
    first: costOf(probe(ending, flags)),
    compiled: costOf(probe(ending, [...flags, `--rounds=${roundsToCompile}`])),
    curl: curlCpu(requests) / requests.length,
  }));
  return [
    { ...row, name, ...summary(costs.map(({ first, curl }) => first / curl)) },
    {
      ...row,
      name: `${name}, once compiled`,
      ...summary(costs.map(({ compiled, curl }) => compiled / curl)),
    },
  ];
}

function costOf({ cpuMs, requests }: ProbeRun): number {
  return cpuMs / requests;
}

function probe(endpoints: readonly Endpoint[], flags: readonly string[] = []): ProbeRun {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", pathOf("probe-run.ts"), ...flags],
    { input: JSON.stringify(endpoints), encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error(`The prober ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

async function startWorld(
  flags: readonly string[] = [],
): Promise<{ endpoints: World; close: () => void }> {
  const child = spawn(process.execPath, ["--import", "tsx", pathOf("probe-world.ts"), ...flags], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line]: unknown[] = await once(createInterface(child.stdout), "line");
  return { endpoints: JSON.parse(String(line)), close: () => child.stdin.end() };
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(`harness/${name}`, import.meta.url));
}
