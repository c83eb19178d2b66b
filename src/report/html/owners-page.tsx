import type { JSX } from "preact";
import type { Finding } from "../../model/finding.ts";
import { severityOrder, type Model } from "./model.ts";
import { Code, FindingLink, plural, SeverityMark, Table, Untrusted } from "./parts.tsx";

const idleRules: ReadonlySet<string> = new Set(["exposed-idle", "exposed-unowned"]);

/** Who has what to answer for, and what only costs money. */
export function OwnersPage({ model }: { readonly model: Model }): JSX.Element {
  const groups = ownersOf(model.report.findings);
  const idle = model.report.findings.filter(({ rule }) => idleRules.has(rule));
  return (
    <>
      <h1>Owners and cost</h1>
      <Table caption="Findings by owner" heads={["Owner", ...severityOrder, "All"]}>
        {groups.map(({ owner, findings }) => (
          <tr key={owner}>
            <th scope="row">
              <Untrusted text={owner} />
            </th>
            {severityOrder.map((severity) => (
              <td key={severity}>
                {findings.filter((finding) => finding.severity === severity).length || "–"}
              </td>
            ))}
            <td>{findings.length}</td>
          </tr>
        ))}
      </Table>
      <h2>Idle, or owned by nobody</h2>
      {idle.length === 0 ? (
        <p>Nothing exposed is idle or without an owner.</p>
      ) : (
        <Table
          caption={plural(idle.length, "resource")}
          heads={["Severity", "Finding", "Resource"]}
        >
          {idle.map((finding) => (
            <tr key={finding.id}>
              <td>
                <SeverityMark severity={finding.severity} />
              </td>
              <td>
                <FindingLink finding={finding} />
              </td>
              <td>
                <Code text={finding.subject.id} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      <CostPart model={model} />
    </>
  );
}

function ownersOf(findings: readonly Finding[]): { owner: string; findings: Finding[] }[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const owner = finding.owner ?? "nobody";
    const own = groups.get(owner) ?? [];
    own.push(finding);
    groups.set(owner, own);
  }
  return [...groups]
    .map(([owner, own]) => ({ owner, findings: own }))
    .toSorted((a, b) => b.findings.length - a.findings.length);
}

function CostPart({ model }: { readonly model: Model }): JSX.Element {
  const costs = model.report.costs ?? [];
  if (costs.length === 0) {
    return (
      <p class="quiet">No billing export was joined (--focus FILE.csv), so no cost is told.</p>
    );
  }
  return (
    <>
      <h2>Cost of exposed resources</h2>
      <Table
        caption="Effective cost a month, from the billing export"
        heads={["Resource", "Month", "Effective cost"]}
      >
        {costs.map(({ resource, month, cost, currency }) => (
          <tr key={`${resource} ${month}`}>
            <td>
              <Code text={resource} />
            </td>
            <td>{month}</td>
            <td>
              {cost} {currency}
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}
