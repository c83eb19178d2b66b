import type { Finding, Unknown } from "../model/finding.ts";
import { costOf } from "./costs.ts";
import { controlNames, placesOf } from "./places.ts";
import type { Place } from "./places.ts";
import type { Reporter } from "./reporter.ts";
import { clean } from "./text.ts";

interface Row {
  readonly finding?: Finding;
  readonly unknown?: Unknown;
  readonly place: Place;
  readonly cost?: string | undefined;
}

const columns: readonly (readonly [heading: string, cell: (row: Row) => string | undefined])[] = [
  ["state", ({ finding }) => (finding ? (finding.mute ? "muted" : "fail") : "unknown")],
  ["severity", ({ finding, unknown }) => finding?.severity ?? unknown?.worst],
  ["certainty", ({ finding }) => finding?.certainty],
  ["rule", ({ finding, unknown }) => finding?.rule ?? unknown?.rule],
  ["title", ({ finding, unknown }) => finding?.title ?? unknown?.because],
  ["provider", ({ place }) => place.provider],
  ["scope", ({ place }) => place.scope],
  ["region", ({ place }) => place.region],
  ["name", ({ place }) => place.name],
  ["subject kind", (row) => subjectOf(row)?.kind],
  ["subject id", (row) => subjectOf(row)?.id],
  ["owner", ({ finding }) => finding?.owner],
  ["effective cost", ({ cost }) => cost],
  ["muted until", ({ finding }) => finding?.mute?.until],
  ["what to do", ({ finding }) => finding?.remediation.summary],
  ["controls", ({ finding }) => finding && controlNames(finding).join("; ")],
  ["assumptions", ({ finding }) => finding?.assumptions.join("; ")],
  ["first seen", ({ finding }) => finding?.firstSeen],
  ["id", ({ finding }) => finding?.id],
];

/** RFC 4180: findings, then what could not be decided. */
export const csv: Reporter = {
  render: (report) => {
    const placeOf = placesOf(report);
    const priceOf = costOf(report);
    const rows: readonly Row[] = [
      ...report.findings.map((finding) => ({
        finding,
        place: placeOf(finding.subject),
        cost: priceOf(finding.subject),
      })),
      ...report.unknowns.map((unknown) => ({ unknown, place: placeOf(unknown.subject) })),
    ];
    const lines = [
      columns.map(([heading]) => quote(heading)),
      ...rows.map((row) => columns.map(([, cell]) => quote(cell(row) ?? ""))),
    ];
    return lines.map((cells) => `${cells.join(",")}\r\n`).join("");
  },
};

function subjectOf({ finding, unknown }: Row) {
  return finding?.subject ?? unknown?.subject;
}

/**
 * A spreadsheet takes a cell that begins so for a formula, in its wide form too.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /^[\s'"]*[=+\-@＝＋－＠|%]/u;

function quote(text: string): string {
  const plain = clean(text);
  const safe = formula.test(plain) ? `'${plain}` : plain;
  return `"${safe.replaceAll('"', '""')}"`;
}
