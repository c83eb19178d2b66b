import type { Target } from "../../src/model/server.ts";
import type { ProbeOptions } from "../../src/probe/options.ts";

export function targetAt(port: number, more: Partial<Target> = {}): Target {
  return {
    id: "target",
    address: "127.0.0.1",
    port,
    family: "ipv4",
    hosts: [],
    paths: [],
    tls: "unknown",
    scalesToZero: false,
    ...more,
  };
}

export function probeOptions(more: Partial<ProbeOptions> = {}): ProbeOptions {
  return { signal: new AbortController().signal, userAgent: "postern-test", ...more };
}
