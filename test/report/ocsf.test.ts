import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { ocsf15 } from "../../src/report/ocsf-1.5.ts";
import { ocsf } from "../../src/report/ocsf.ts";
import { aHostileReport } from "../fixtures/hostile-report.ts";
import { aReport } from "../fixtures/report.ts";
import { hasSchema, schemaErrors } from "./official-schema.ts";

const plain = { columns: 80, colour: false };
const schemas = {
  2003: "ocsf-1.8-compliance_finding",
  2004: "ocsf-1.8-detection_finding",
  2008: "ocsf-1.8-iam_analysis_finding",
} as const;

function eventsOf(report: Report) {
  return ocsf
    .render(report, plain)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

function ofClass(uid: number, report = aReport()) {
  return eventsOf(report).filter(({ class_uid }) => class_uid === uid);
}

const [finding] = aReport().findings;
const mute = { reason: "Behind a VPN.", owner: "a", until: "2027-01-01" };

describe("OCSF", () => {
  test.skipIf(!Object.values(schemas).every(hasSchema)).each(Object.entries(schemas))(
    "every event of class %s is valid against %s (skipped without ../shared/schemas)",
    (uid, name) => {
      const errors = schemaErrors(name);
      const events = [aReport(), aHostileReport()].flatMap((report) =>
        ofClass(Number(uid), report),
      );

      expect(events.length).toBeGreaterThan(2);
      expect(events.flatMap(errors)).toEqual([]);
      expect(errors({ class_uid: Number(uid) })).not.toEqual([]);
    },
  );

  test("a server is one detection with its whole chain", () => {
    const [event, ...more] = ofClass(2004);

    expect(more.map(({ resources }) => resources[0].type)).toEqual(["workload"]);
    expect(event).toMatchObject({
      type_uid: 200401,
      severity_id: 5,
      time: Date.parse("2026-11-25T12:00:09Z"),
      cloud: { provider: "AWS", account: { uid: "111122223333" }, region: "eu-central-1" },
      finding_info: { uid: "server-1" },
    });
    expect(event.evidences.map(({ name }: { name: string }) => name)).toEqual(
      aReport().findings[0]!.evidence.map(({ kind }) => kind),
    );
  });

  test("an identity is one analysis with the permissions that give the power", () => {
    expect(ofClass(2008)).toMatchObject([
      {
        type_uid: 200801,
        severity_id: 5,
        user: { uid: "arn:aws:iam::111122223333:role/mcp" },
        permission_analysis_results: [{ granted_privileges: ["iam:* on *"] }],
      },
    ]);
  });

  test("a control is one event with a check for each finding that bears on it", () => {
    const events = ofClass(2003);
    const controls = events.map(
      ({ compliance }) => `${compliance.standards} ${compliance.control}`,
    );

    expect(new Set(controls).size).toBe(controls.length);
    expect(events[0].compliance.checks[0].uid).toMatch(/^finding-/);
  });

  test.each([
    ["a certain finding of a rule about the control", "certain", "direct", false, "Fail"],
    ["a finding that may be none", "maybe", "direct", false, "Warning"],
    ["a finding of a rule near the control", "certain", "related", false, "Warning"],
    ["a muted finding", "certain", "direct", true, "Warning"],
  ] as const)("%s: %s %s muted %s gives %s", (_, certainty, fit, muted, status) => {
    const control = { framework: "SOC 2", version: "2017", id: "CC6.1", fit };
    const one = { ...finding!, certainty, controls: [control], ...(muted ? { mute } : {}) };
    const [event] = ofClass(2003, aReport({ findings: [one] }));

    expect([event.compliance.status, event.status]).toEqual([status, muted ? "Suppressed" : "New"]);
  });

  test("an event id stays over runs", () => {
    const uids = (report: Report) => eventsOf(report).map(({ finding_info }) => finding_info.uid);
    const later = aReport({ run: { ...aReport().run, id: "later" } });

    expect(uids(later)).toEqual(uids(aReport()));
  });

  test("a target of no cloud has no cloud", () => {
    const [event] = ofClass(2004, aReport({ servers: [], exposures: [], findings: [finding!] }));

    expect([event.cloud, event.metadata.profiles]).toEqual([undefined, []]);
  });

  test("in 1.5 identities are detections and checks name no resource, as that version has it", () => {
    const events = ocsf15
      .render(aReport(), plain)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));

    expect(new Set(events.map(({ metadata }) => metadata.version))).toEqual(new Set(["1.5.0"]));
    expect(new Set(events.map(({ class_uid }) => class_uid))).toEqual(new Set([2003, 2004]));
    expect(events).toHaveLength(eventsOf(aReport()).length);
    expect(
      events.flatMap(({ resources = [] }) => resources.map(({ type }: { type: string }) => type)),
    ).toContain("identity");
    for (const { compliance } of events) {
      for (const check of compliance?.checks ?? []) expect(check).not.toHaveProperty("resource");
    }
  });
});
