import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { oscal } from "../../src/report/oscal.ts";
import { controlsFor } from "../../src/rules/controls.ts";
import { rules } from "../../src/rules/index.ts";
import { aHostileReport } from "../fixtures/hostile-report.ts";
import { aReport } from "../fixtures/report.ts";
import { hasSchema, schemaErrors } from "./official-schema.ts";

const plain = { columns: 80, colour: false };
const name = "oscal-assessment-results-1.2";
const [finding] = aReport().findings;

function resultOf(report: Report) {
  return JSON.parse(oscal.render(report, plain))["assessment-results"].results[0];
}

describe("OSCAL", () => {
  test.skipIf(!hasSchema(name))(
    "reports are valid against the NIST schema (skipped without ../shared/schemas)",
    () => {
      const errors = schemaErrors(name);
      const reports = [aReport(), aReport({ findings: [], servers: [] }), aHostileReport()];

      expect(reports.flatMap((report) => errors(JSON.parse(oscal.render(report, plain))))).toEqual(
        [],
      );
      expect(errors({ "assessment-results": {} })).not.toEqual([]);
    },
  );

  test.each([
    ["certain", "direct", ["sc-7.5"]],
    ["maybe", "direct", undefined],
    ["certain", "related", undefined],
  ] as const)("a finding that is %s and %s fails %j", (certainty, fit, expected) => {
    const controls = [{ framework: "NIST SP 800-53", version: "r5", id: "SC-7(5)", fit }];
    const result = resultOf(aReport({ findings: [{ ...finding!, certainty, controls }] }));
    const targets = result.findings?.map(
      (one: { target: { "target-id": string } }) => one.target["target-id"],
    );

    expect(targets).toEqual(expected?.map((id) => `${id}_smt`));
    expect(result.observations).toHaveLength(1);
  });

  test("nothing is ever satisfied, and what was not read is said", () => {
    const text = oscal.render(aReport(), plain);

    expect(text).not.toContain('"satisfied"');
    expect(resultOf(aReport()).description).toContain("was not assessed");
  });

  test("the controls reviewed are those that a rule is about", () => {
    const direct = rules
      .flatMap(({ controls }) => controlsFor(controls, "aws"))
      .filter(({ framework, fit }) => framework === "NIST SP 800-53" && fit === "direct")
      .map(({ id }) => id.toLowerCase().replaceAll(/\((\d+)\)/g, ".$1"));
    const [selection] = resultOf(aReport({ findings: [] }))["reviewed-controls"][
      "control-selections"
    ];

    expect(
      selection["include-controls"].map((one: { "control-id": string }) => one["control-id"]),
    ).toEqual([...new Set(direct)].toSorted());
  });

  test("every reference leads to something", () => {
    const result = resultOf(aReport());
    const uuids = (list: { uuid: string }[]) => list.map(({ uuid }) => uuid);
    const known = new Set([
      ...uuids(result.observations),
      ...uuids(result["local-definitions"]["inventory-items"]),
    ]);
    const refs = [
      ...JSON.stringify(result).matchAll(/"(?:observation|subject)-uuid":"([^"]+)"/g),
    ].map(([, uuid]) => uuid!);

    expect(refs.length).toBeGreaterThan(0);
    expect(refs.filter((uuid) => !known.has(uuid))).toEqual([]);
  });
});
