import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { isFormatName, reporters } from "../../src/report/index.ts";
import { reportJsonSchema, reportSchema } from "../../src/report/schema.ts";
import { hangCommand } from "../../src/report/text.ts";
import { summarise } from "../../src/report/summary.ts";
import { anEndpoint, aPlainTool, aServer, aTool } from "../fixtures/builders.ts";
import { aReport } from "../fixtures/report.ts";

const plain = { columns: 80, colour: false };

describe("JSON report", () => {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(reportJsonSchema());

  test("validates against the published schema", () => {
    const document: unknown = JSON.parse(reporters.json.render(aReport(), plain));

    expect([validate(document), validate.errors]).toEqual([true, null]);
    expect(reportSchema.safeParse(document).success).toBe(true);
  });

  test.each([
    ["an unknown member", { ...aReport(), extra: 1 }],
    [
      "a severity that does not exist",
      { ...aReport(), findings: [{ ...aReport().findings[0], severity: "severe" }] },
    ],
    ["another version", { ...aReport(), schemaVersion: "2" }],
  ])("the schema refuses %s", (_, document) => {
    expect(validate(document)).toBe(false);
  });
});

describe("summary", () => {
  test("counts what the study counts", () => {
    const servers = [
      aServer(),
      aServer({
        id: "server-2",
        provider: "gcp",
        endpoints: [
          anEndpoint({
            tls: { mode: "tls", endsAt: "workload" },
            authentication: { verdict: "static-secret", evidence: [], advertisesOauth: false },
            tools: [aPlainTool(), aTool({ name: "w", access: "write" })],
          }),
        ],
      }),
    ];

    expect(summarise(servers, aReport().findings)).toMatchObject({
      servers: 2,
      open: 1,
      plaintext: 1,
      tools: 3,
      toolsRead: 1,
      managesCloud: 2,
      byProvider: { aws: 1, azure: 0, gcp: 1, oci: 0 },
      byCategory: { "cloud-control": 2, database: 1 },
      bySeverity: { critical: 6, high: 1, low: 1 },
    });
  });

  test("a tool that two endpoints of one server list counts once", () => {
    const endpoints = [anEndpoint(), anEndpoint({ url: "http://203.0.113.7:9000/mcp" })];

    expect(summarise([aServer({ endpoints })], []).tools).toBe(1);
  });
});

describe("terminal report", () => {
  const text = reporters.terminal.render(aReport(), plain);

  test("gives the figures, then the findings worst first, then what is open", () => {
    const places = ["servers", "CRITICAL", "HIGH", "COVERAGE"].map((word) => text.indexOf(word));

    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toContain("list 1, create 1, modify 1, delete 1");
  });

  test("draws the chain step by step with what each step rests on", () => {
    const chain = ["0.0.0.0/0", "sg-0a1#sgr-0b2", "i-1", "call_aws", "iam:* on *"];
    const places = chain.map((word) => text.indexOf(word));

    expect(places.every((place) => place >= 0)).toBe(true);
    expect(text).toContain("[ec2:DescribeSecurityGroupRules eu-central-1");
  });

  test("lists gaps and skipped targets with their reason", () => {
    expect(text).toContain("organizations:DescribeOrganization: denied");
    expect(text).toContain("Port 22 is SSH");
  });

  test("without colour it has no escape sequences", () => {
    expect(text).not.toContain("\u001B");
    expect(reporters.terminal.render(aReport(), { columns: 80, colour: true })).toContain(
      "\u001B[",
    );
  });

  test("fits 80 columns, save for words that must not be broken", () => {
    const long = text.split("\n").filter((line) => line.length > 80);

    expect(
      long.filter((line) =>
        line
          .trim()
          .split(" ")
          .every((word) => word.length < 40),
      ),
    ).toEqual([]);
  });

  test("untrusted text cannot steer the terminal and is clipped", () => {
    const [finding] = aReport().findings;
    const title = `\u001B[2J\u202Eevil\r\n${"x".repeat(1000)}`;
    const hostile = reporters.terminal.render(
      aReport({ findings: [{ ...finding!, title, subject: { kind: "server", id: "a\u0007b" } }] }),
      plain,
    );

    expect(hostile.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(hostile).not.toContain("x".repeat(300));
  });

  test("a command that is longer than a line can be copied as it stands", () => {
    const command = `aws iam ${"--option value ".repeat(8)}--name 'a # b  c' # for web-1`;
    const lines = hangCommand("  1. $ ", command, 60);

    expect(lines[0]).toBe("  1. $ # for web-1");
    expect(lines.slice(1, -1).every((line) => line.endsWith(" \\") && line.length <= 60)).toBe(
      true,
    );
    expect(lines.at(-1)?.trim()).toMatch(/--name 'a # b {2}c'$/);
  });

  test("says so when nothing was found", () => {
    const empty = reporters.terminal.render(
      aReport({ findings: [], servers: [], summary: summarise([], []) }),
      plain,
    );

    expect(empty).toContain("No rule failed.");
  });
});

test("a format is known by the name of its file", () => {
  expect([isFormatName("json"), isFormatName("toString"), isFormatName("pdf")]).toEqual([
    true,
    false,
    false,
  ]);
});
