import type { Finding } from "../model/finding.ts";
import { clean } from "../report/text.ts";
import type { Diff } from "./diff.ts";

/** The diff for a terminal: what got worse comes first. */
export function diffText(diff: Diff): string {
  const { findings, tools, permissions } = diff;
  const sections: readonly (readonly [title: string, rows: readonly string[]])[] = [
    ["New", findings.new.map(lineOf)],
    [
      "Changed",
      findings.changed.flatMap(({ finding, changes }) => [
        lineOf(finding),
        ...changes.map((change) => `    ${clean(change)}`),
      ]),
    ],
    [
      "Widened permissions",
      permissions.map(
        ({ identity, because, certainty }) =>
          `${certainty === "maybe" ? "maybe " : ""}${clean(identity)}: ${clean(because)}`,
      ),
    ],
    [
      "Drifted tools",
      tools.map(({ tool, url, because }) => `${clean(tool)} of ${clean(url)}: ${clean(because)}`),
    ],
    [
      "No longer decided",
      findings.undecided.flatMap(({ finding, because }) => [
        lineOf(finding),
        `    not shown to be fixed: ${clean(because)}`,
      ]),
    ],
    ["Fixed", findings.fixed.map(lineOf)],
  ];
  const filled = sections.filter(([, rows]) => rows.length > 0);
  return [
    `From ${clean(diff.before.id)} (${diff.before.startedAt}) to ${clean(diff.after.id)} (${diff.after.startedAt})`,
    ...diff.notes.map((note) => `Note: ${clean(note)}.`),
    ...filled.flatMap(([title, rows]) => ["", title].concat(rows.map((row) => `  ${row}`))),
    "",
    `${findings.new.length} new, ${findings.changed.length} changed, ${findings.fixed.length} fixed, ${findings.undecided.length} no longer decided, ` +
      `${permissions.length} widened permissions, ${tools.length} drifted tools.`,
    "",
  ].join("\n");
}

function lineOf({ id, severity, certainty, rule, title, mute }: Finding): string {
  const marks = `${certainty === "maybe" ? " maybe" : ""}${mute ? " muted" : ""}`;
  return `${severity.toUpperCase()}${marks} ${rule} ${clean(title)} (${id})`;
}
