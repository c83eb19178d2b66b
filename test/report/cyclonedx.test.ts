import addFormats from "ajv-formats";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { cyclonedx } from "../../src/report/cyclonedx.ts";
import { anEndpoint, aPlainTool, aServer, aTool } from "../fixtures/builders.ts";
import { aHostileReport } from "../fixtures/hostile-report.ts";
import { aReport } from "../fixtures/report.ts";

const plain = { columns: 80, colour: false };
const text = { type: "string" };
const texts = { type: "array", items: { type: "string", pattern: "^[!-~]*$" } };
const closed = (required: string[], properties: object) => ({
  type: "object",
  additionalProperties: false,
  required,
  properties,
});
const list = (items: object) => ({ type: "array", items });
const property = closed(["name"], { name: text, value: text });
const flow = { enum: ["inbound", "outbound", "bi-directional", "unknown"] };

/**
 * The part of bom-1.7.schema.json that the format uses, copied by hand.
 *
 * @see https://cyclonedx.org/schema/bom-1.7.schema.json
 */
const schema = closed(["bomFormat", "specVersion"], {
  $schema: text,
  bomFormat: { const: "CycloneDX" },
  specVersion: { const: "1.7" },
  serialNumber: { ...text, pattern: "^urn:uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$" },
  version: { type: "integer", minimum: 1 },
  metadata: closed([], {
    timestamp: { ...text, format: "date-time" },
    tools: closed([], {
      components: list(closed(["type", "name"], { type: text, name: text, version: text })),
    }),
    properties: list(property),
  }),
  services: list(
    closed(["name"], {
      "bom-ref": { ...text, minLength: 1 },
      provider: closed([], { name: text }),
      group: text,
      name: text,
      description: text,
      endpoints: texts,
      authenticated: { type: "boolean" },
      "x-trust-boundary": { type: "boolean" },
      trustZone: text,
      data: list(closed(["flow", "classification"], { flow, classification: text })),
      properties: list(property),
    }),
  ),
});

function bomOf(report: Report) {
  return JSON.parse(cyclonedx.render(report, plain));
}

describe("CycloneDX", () => {
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);

  test.each([
    ["a report", aReport()],
    ["a report without servers", aReport({ findings: [], servers: [] })],
    ["a hostile report", aHostileReport()],
  ])("%s keeps to what 1.7 has for services", (_, report) => {
    expect([validate(bomOf(report)), validate.errors]).toEqual([true, null]);
  });

  test("an open server is a service without authentication across the trust boundary", () => {
    expect(bomOf(aReport()).services).toMatchObject([
      {
        "bom-ref": "server-1",
        name: "web-1",
        endpoints: ["http://203.0.113.7:8000/mcp"],
        authenticated: false,
        "x-trust-boundary": true,
        trustZone: "internet",
      },
    ]);
  });

  test.each([
    [["open"], false],
    [["oauth", "open"], false],
    [["unknown", "open"], false],
    [["host-check"], false],
    [["oauth", "mtls"], true],
    [["static-secret"], true],
    [["front-door"], true],
    [["oauth", "unknown"], undefined],
    [["unknown"], undefined],
    [[], undefined],
  ] as const)("endpoints that are %j give authenticated %j", (verdicts, expected) => {
    const endpoints = verdicts.map((verdict) =>
      anEndpoint({ authentication: { verdict, evidence: [], advertisesOauth: false } }),
    );
    const [service] = bomOf(aReport({ servers: [aServer({ endpoints })] })).services;

    expect(service.authenticated).toBe(expected);
  });

  test("tools that read give data out, the others take it in", () => {
    const tools = [
      aPlainTool(),
      aTool({ name: "w" }),
      aPlainTool({ name: "x", access: "exec", categories: ["code-exec"] }),
    ];
    const servers = [aServer({ endpoints: [anEndpoint({ tools })] })];

    expect(bomOf(aReport({ servers })).services[0].data).toEqual([
      { flow: "inbound", classification: "cloud-control" },
      { flow: "bi-directional", classification: "code-exec" },
      { flow: "outbound", classification: "database" },
    ]);
  });
});
