import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A request as it was sent, and where. */
export interface SentRequest {
  readonly origin: string;
  readonly bytes: string;
}

/** Why curl cannot be compared with; it sends in parallel since 7.66. */
export function curlLacks(): string | undefined {
  const { status, stdout } = spawnSync("curl", ["--help", "all"], { encoding: "utf8" });
  if (status !== 0) return "curl is not installed";
  return stdout.includes("--parallel-max") ? undefined : "this curl has no --parallel";
}

/** CPU time in milliseconds of curl sending the same requests, 64 at a time. */
export function curlCpu(requests: readonly SentRequest[]): number {
  const folder = mkdtempSync(join(tmpdir(), "postern-curl-"));
  try {
    const config = join(folder, "requests");
    writeFileSync(config, requests.map(configOf).join("next\n"));
    const script = `curl --disable --parallel --parallel-max 64 --silent --config "$0" >/dev/null 2>&1; times`;
    const { stdout } = spawnSync("bash", ["-c", script, config], { encoding: "utf8" });
    const [, children = ""] = stdout.split("\n");
    const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
      ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
    );
    if (seconds.length !== 2) throw new Error(`bash printed no times: ${stdout}`);
    return seconds.reduce((sum, part) => sum + part, 0) * 1000;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @see https://curl.se/docs/manpage.html#-K */
function configOf({ origin, bytes }: SentRequest): string {
  const [head = "", body = ""] = bytes.split("\r\n\r\n");
  const [line = "", ...headers] = head.split("\r\n");
  const [method = "", path = ""] = line.split(" ");
  return [
    `url = ${quoted(origin + path)}`,
    `request = ${method}`,
    "http1.1",
    "insecure",
    "path-as-is",
    'output = "/dev/null"',
    "max-time = 6",
    ...headers
      .filter((header) => !/^content-length:/i.test(header))
      .map((header) => `header = ${quoted(header)}`),
    ...(body === "" ? [] : [`data-raw = ${quoted(body)}`]),
    "",
  ].join("\n");
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
