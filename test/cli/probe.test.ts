import { appendFile, mkdtemp, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDecoy, startMcpMock, type McpMock } from "../../mocks/mcp/index.ts";
import { reportJsonSchema } from "../../src/index.ts";
import type { Report } from "../../src/model/report.ts";
import { runCli, type CliResult } from "./run-cli.ts";

const secret = "ghp_0123456789abcdefghijklmnopqrstuvwxyz";
let cwd: string;
let open: McpMock;
let oauth: McpMock;
let decoy: McpMock;
let probed: CliResult;
let report: Report;
let transcript: Readonly<Record<string, unknown>>[];

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "postern-probe-"));
  open = await startMcpMock("streamable-stateful", {
    tools: [{ name: "delete_everything", description: `Deletes. Authorization: Bearer ${secret}` }],
  });
  oauth = await startMcpMock("oauth-protected");
  decoy = await startDecoy("single-page-app");
  await writeFile(join(cwd, "targets.txt"), `# mine\n127.0.0.1:${oauth.port}\n`);
  probed = await runCli(
    [
      "probe",
      `http://127.0.0.1:${open.port}/mcp`,
      "targets.txt",
      `localhost:${decoy.port}`,
      "127.0.0.1:1",
      "-f",
      "json=report.json",
      "-f",
      "terminal",
      "--transcript",
      "wire.jsonl",
      "--user-agent",
      "probe-test",
      "--fail-on",
      "info",
    ],
    { cwd },
  );
  report = JSON.parse(await readFile(join(cwd, "report.json"), "utf8"));
  const lines = (await readFile(join(cwd, "wire.jsonl"), "utf8")).trim().split("\n");
  transcript = lines.map((line) => JSON.parse(line));
}, 60_000);

afterAll(async () => {
  await Promise.all([open.close(), oauth.close(), decoy.close()]);
});

describe("postern probe", () => {
  test("leaves a run directory whose evidence can be verified and whose changes are seen", async () => {
    const [run = ""] = await readdir(join(cwd, "postern-runs"));
    const directory = join(cwd, "postern-runs", run);
    expect(probed.stderr).toContain(`Run directory: postern-runs/${run}`);
    const written = JSON.parse(await readFile(join(directory, "report.json"), "utf8"));
    expect(written).toEqual(report);
    const found = (await readFile(join(directory, "probe/named-named.jsonl"), "utf8")).trim();
    expect(found.split("\n")).toHaveLength(4);
    expect(found).toContain("No connection could be opened");
    expect((await runCli(["verify", directory], { cwd })).code).toBe(0);
    await appendFile(join(directory, "probe/named-named.jsonl"), "{}\n");
    const { code, stdout } = await runCli(["verify", directory], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain("named-named.jsonl");
  });

  test("reports named servers in the document of an audit, valid against its schema", () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(ajv);
    const validate = ajv.compile(reportJsonSchema());
    validate(report);
    expect(validate.errors ?? []).toEqual([]);
    expect(report.servers.map(({ provider, scope }) => [provider, scope])).toEqual([
      ["named", "named"],
    ]);
    expect(
      report.servers
        .flatMap(({ endpoints }) =>
          endpoints.map(
            ({ confidence, authentication }) => `${confidence} ${authentication.verdict}`,
          ),
        )
        .toSorted(),
    ).toEqual(["auth-required oauth", "confirmed open"]);
    expect(report.summary.byProvider.named).toBe(1);
  });

  test("claims nothing that only a control plane can tell", () => {
    const found = report.findings.filter(({ rule }) => rule === "mcp-open");
    expect(found.map(({ certainty }) => certainty)).toEqual(["maybe"]);
    expect(found[0]!.assumptions.join(" ")).toMatch(/named on the command line/);
    expect(report.servers[0]!.worst).toBe("admin");
    expect(report.findings.map(({ rule }) => rule)).not.toContain("exposed-unowned");
    expect(report.coverage.complete).toBe(false);
    expect(report.coverage.probe).toMatchObject({
      targets: 4,
      answered: 3,
      skipped: [
        {
          target: "http://127.0.0.1:1/",
          because: "Not assessed, unreachable: No connection could be opened",
        },
      ],
    });
  });

  test("says of every target what it is, and ends with 2 for --fail-on", () => {
    expect(probed.code).toBe(2);
    expect(probed.stdout).toMatch(/COVERAGE/);
    expect(probed.stderr).toMatch(new RegExp(`127\\.0\\.0\\.1:${decoy.port}/\\S* none: `));
    expect(probed.stderr).toMatch(/127\.0\.0\.1:1\/\S* unreachable: /);
  });

  test("keeps the exact requests and clipped answers without secrets, for the user's eyes only", async () => {
    const sent = transcript.map(({ request }) => String(request));
    const seen = [open, oauth, decoy].reduce((sum, mock) => sum + mock.seen.length, 0);
    const { mode } = await stat(join(cwd, "wire.jsonl"));

    expect(mode & 0o777).toBe(0o600);
    expect(transcript.filter(({ status }) => status !== undefined)).toHaveLength(seen);
    expect(sent.every((request) => request.includes("\r\nUser-Agent: probe-test\r\n"))).toBe(true);
    expect(sent.some((request) => request.includes('"method":"tools/list"'))).toBe(true);
    expect(JSON.stringify(transcript)).toContain("delete_everything");
    expect(JSON.stringify(transcript)).toMatch(/\[secret:[\w-]+:[0-9a-f]{16}\]/);
    expect(JSON.stringify(transcript)).not.toContain(secret);
    expect([open, oauth, decoy].flatMap(({ violations }) => violations)).toEqual([]);
  });
});

const refused: readonly (readonly [name: string, args: readonly string[], text: RegExp])[] = [
  ["a foreign address", ["192.0.2.7:80"], /permission may be illegal[\s\S]*--i-own-this/],
  ["a metadata service, owned or not", ["169.254.169.254", "--i-own-this"], /never contacted/],
  [
    "a redirect to a metadata service",
    ["127.0.0.1:80", "--connect-to", "127.0.0.1:80:169.254.169.254:80", "--i-own-this"],
    /never contacted/,
  ],
  [
    "a redirect off this machine",
    ["127.0.0.1:80", "--connect-to", "127.0.0.1:80:192.0.2.7:80"],
    /permission may be illegal/,
  ],
  ["a file that is not there", ["./none.txt"], /none\.txt cannot be read/],
  [
    "a header in the user agent",
    ["[::1]:1", "--user-agent", "a\r\nX: y"],
    /cannot stand in a header/,
  ],
  ["no target", [], /Not enough non-option arguments/],
];

test.concurrent.each(refused)(
  "%s is refused in a sentence, with 1",
  async (_, args, text) => {
    const { code, stdout, stderr } = await runCli(["probe", ...args], { cwd });
    expect(stderr).toMatch(text);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(stdout).toBe("");
    expect(code).toBe(1);
  },
  30_000,
);

test("a file of many targets is probed at once without a warning of the runtime", async () => {
  const lines = Array.from({ length: 40 }, (_, index) => `127.0.77.${index + 1}:1\n`);
  await writeFile(join(cwd, "many.txt"), lines.join(""));
  const { code, stderr } = await runCli(["probe", "many.txt", "-f", "json"], { cwd });
  expect(code).toBe(0);
  expect(stderr.match(/ unreachable: /g)).toHaveLength(40);
  expect(stderr).not.toMatch(/Warning/);
}, 30_000);

test("a target elsewhere is dialled where --connect-to says, and keeps its own name", async () => {
  const { code, stdout } = await runCli(
    [
      "probe",
      "192.0.2.7:8000",
      "-f",
      "json",
      "--quiet",
      "--connect-to",
      `192.0.2.7:8000:127.0.0.1:${open.port}`,
    ],
    { cwd },
  );
  const { servers }: Report = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(servers[0]!.endpoints[0]!.url).toBe("http://192.0.2.7:8000/mcp");
}, 30_000);
