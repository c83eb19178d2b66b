import type { JSX } from "preact";
import type { Finding } from "../../model/finding.ts";
import { chainGraph } from "./chain.ts";
import { ChainTable } from "./chain-table.tsx";
import { Graph } from "./graph.tsx";
import type { Model } from "./model.ts";
import { Code, Facts, SeverityMark, Table, Untrusted } from "./parts.tsx";
import { RemediationSteps } from "./remediation.tsx";
import { linkTo } from "./route.ts";

export function FindingPage({
  model,
  id,
}: {
  readonly model: Model;
  readonly id: string;
}): JSX.Element {
  const finding = model.findingById.get(id);
  if (!finding) return <h1>This report holds no finding {id}</h1>;
  const graph = chainGraph([finding.evidence]);
  return (
    <>
      <h1>
        <Untrusted text={finding.title} />
      </h1>
      <p class="lead">
        <SeverityMark severity={finding.severity} /> {finding.rule}, {finding.certainty}
      </p>
      <Facts facts={factsOf(finding)} />
      {finding.assumptions.length > 0 && (
        <>
          <h2>It holds unless</h2>
          <ul>
            {finding.assumptions.map((assumption) => (
              <li key={assumption}>
                <Untrusted text={assumption} />
              </li>
            ))}
          </ul>
        </>
      )}
      {finding.evidence.length > 0 && (
        <>
          <h2>Evidence</h2>
          {graph.nodes.length > 1 && (
            <Graph
              graph={graph}
              label={`Chain of ${finding.evidence.length} steps; the table below tells each`}
            />
          )}
          <ChainTable steps={finding.evidence} caption="Every step, with its source" />
        </>
      )}
      <h2>What to do</h2>
      <RemediationSteps remediation={finding.remediation} />
      <Controls finding={finding} />
    </>
  );
}

function factsOf(finding: Finding): (readonly [string, JSX.Element | string])[] {
  const { subject, owner, firstSeen, mute } = finding;
  const about =
    subject.kind === "server" ? (
      <a href={linkTo("server", subject.id)}>{subject.id}</a>
    ) : (
      <Code text={subject.id} />
    );
  return [
    ["Id", <Code key="id" text={finding.id} />],
    [`About the ${subject.kind}`, about],
    ["Owner", <Untrusted key="owner" text={owner ?? "nobody"} />],
    ...(firstSeen === undefined ? [] : [["First seen in", firstSeen] as const]),
    ...(mute
      ? [
          [
            "Muted",
            <Untrusted key="mute" text={`until ${mute.until} by ${mute.owner}: ${mute.reason}`} />,
          ] as const,
        ]
      : []),
  ];
}

function Controls({ finding }: { readonly finding: Finding }): JSX.Element {
  return (
    <>
      <h2>Controls it touches</h2>
      <Table caption="Controls" heads={["Framework", "Version", "Control", "Fit"]}>
        {finding.controls.map(({ framework, version, id, fit }) => (
          <tr key={`${framework} ${id}`}>
            <td>{framework}</td>
            <td>{version}</td>
            <td>{id}</td>
            <td>{fit}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}
