import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const credentials = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "x" };
const nobody = { AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_REGION: "us-east-1" };

describe("what the user can mend is one sentence and a hint, exit code 1, no stack", () => {
  test.each<[string, string[], Record<string, string>, RegExp]>([
    ["no credentials", ["audit"], { AWS_REGION: "us-east-1" }, /credentials/i],
    ["endpoint down", ["audit"], { ...credentials, ...nobody }, /reach|connect/i],
    ["malformed --connect-to", ["audit", "--connect-to", "nonsense"], {}, /HOST:PORT:ADDR:PORT/],
    ["unknown format", ["audit", "-f", "pdf"], {}, /no report format "pdf"/],
    [
      "two formats on one output",
      ["audit", "-f", "json", "-f", "terminal"],
      {},
      /share standard output/,
    ],
    ["unknown vantage", ["audit", "--vantage", "moon"], {}, /vantage/],
    ["no such run", ["report", "no-such-run"], {}, /no-such-run/],
    ["no such case file", ["conformance", "no-such-file.json"], {}, /no-such-file\.json/],
    ["unknown command", ["audti"], {}, /audti/],
    ["unknown provider", ["audit", "--provider", "ibm"], {}, /ibm/],
    ["AWS without credentials", ["audit", "--provider", "aws"], { AWS_REGION: "x" }, /AWS cred/],
  ])("%s", { timeout: 60_000 }, async (_name, args, env, says) => {
    const { code, stderr } = await runCli(args, { env });

    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stderr).not.toContain("..\n");
    expect(code).toBe(1);
  });

  test("an unreadable configuration file names the file and the place", async () => {
    const cwd = await mkdtemp(join(tmpdir(), "postern-config-"));
    await writeFile(join(cwd, "postern.yaml"), "region: 7\n");

    const { code, stderr } = await runCli(["config"], { cwd });

    expect(stderr).toMatch(/postern\.yaml: region/);
    expect(code).toBe(1);
  });
});

test("--help loads no SDK and no validator, and ends with 0", async () => {
  const { code, stdout } = await runCli(["--help"], { env: { NODE_DEBUG: "" } });

  expect(stdout).toMatch(/postern demo|demo/);
  expect(code).toBe(0);
});
