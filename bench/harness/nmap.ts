import { spawnSync } from "node:child_process";

/** Why nmap cannot be compared with. */
export function nmapLacks(): string | undefined {
  const { status } = spawnSync("nmap", ["--version"]);
  return status === 0 ? undefined : "nmap is not installed";
}

/** Wall time in milliseconds of `nmap -sV` over one port of many addresses; cut off after ten minutes. */
export function nmapWall(addresses: readonly string[], port: number): number {
  const started = performance.now();
  spawnSync("nmap", ["-sV", "-Pn", "-n", "-p", String(port), "-iL", "-"], {
    input: addresses.join("\n"),
    timeout: 600_000,
  });
  return performance.now() - started;
}
