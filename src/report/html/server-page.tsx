import type { JSX } from "preact";
import type { Finding } from "../../model/finding.ts";
import { matrixRows, type Server } from "../../model/server.ts";
import { chainGraph } from "./chain.ts";
import { ChainTable } from "./chain-table.tsx";
import { EndpointPart } from "./endpoint.tsx";
import { Graph } from "./graph.tsx";
import { severityOrder, type Model } from "./model.ts";
import { Code, Facts, FindingLink, SeverityMark, Table, Untrusted } from "./parts.tsx";
import { RemediationSteps } from "./remediation.tsx";
import { linkTo } from "./route.ts";

/** One server: how it is reached, what it offers, what it may do, and what cuts the way. */
export function ServerPage({
  model,
  id,
}: {
  readonly model: Model;
  readonly id: string;
}): JSX.Element {
  const server = model.serverById.get(id);
  if (!server) return <h1>This report holds no server {id}</h1>;
  const findings = findingsOf(server, model);
  const worst = tellingOf(findings);
  return (
    <>
      <h1>
        <Untrusted text={server.workload.name} />
      </h1>
      <p class="lead">
        <SeverityMark severity={server.severity} /> reaching it is worth{" "}
        <strong>{server.consequence}</strong>
        {server.worst !== server.best && (
          <>
            {" "}
            (between {server.best} and {server.worst}, see <a href={linkTo("coverage")}>coverage</a>
            )
          </>
        )}
      </p>
      <ServerFacts server={server} />
      {worst && <Chain finding={worst} findings={findings} />}
      <h2>What to do</h2>
      {worst ? <RemediationSteps remediation={worst.remediation} /> : <p>No rule failed here.</p>}
      <h2>Findings</h2>
      <FindingsOf findings={findings} />
      <h2>Endpoints and tools</h2>
      {server.endpoints.map((endpoint) => (
        <EndpointPart key={endpoint.url} endpoint={endpoint} />
      ))}
      <IdentitiesOf server={server} />
      <Matrix server={server} />
    </>
  );
}

function findingsOf({ findings }: Server, { findingById }: Model): Finding[] {
  return findings
    .flatMap((id) => findingById.get(id) ?? [])
    .toSorted((a, b) => severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity));
}

/** Of the most severe findings the one with the longest chain: it says most of what can happen. */
function tellingOf(findings: readonly Finding[]): Finding | undefined {
  return findings
    .filter(({ severity }) => severity === findings[0]?.severity)
    .toSorted((a, b) => b.evidence.length - a.evidence.length)[0];
}

function ServerFacts({ server }: { readonly server: Server }): JSX.Element {
  const { workload, provider, scope, region, ports } = server;
  return (
    <Facts
      facts={[
        ["Workload", <Code key="w" text={workload.id} />],
        ["Kind", workload.kind],
        ["Where", `${provider}, ${scope}, ${region}`],
        ["Ports", ports.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join(", ")],
        [
          "Tags",
          <Untrusted
            key="t"
            text={
              Object.entries(workload.tags)
                .map(([name, value]) => `${name}=${value}`)
                .join(", ") || "none"
            }
          />,
        ],
      ]}
    />
  );
}

function Chain({
  finding,
  findings,
}: {
  readonly finding: Finding;
  readonly findings: readonly Finding[];
}): JSX.Element {
  const same = findings.filter(({ rule }) => rule === finding.rule).slice(0, 4);
  const graph = chainGraph(same.map(({ evidence }) => evidence));
  return (
    <>
      <h2>How it is reached, and what that opens</h2>
      <p>
        <Untrusted text={finding.title} />
      </p>
      <Graph
        graph={graph}
        label={`From ${graph.nodes[0]?.label ?? "the source"} to ${graph.nodes.at(-1)?.label ?? "the server"} in ${graph.nodes.length} places; the table below tells each step`}
      />
      <details>
        <summary>Every step, with its source</summary>
        <ChainTable steps={finding.evidence} caption={`Evidence of ${finding.rule}`} />
      </details>
    </>
  );
}

function FindingsOf({ findings }: { readonly findings: readonly Finding[] }): JSX.Element {
  return (
    <Table
      caption="Findings about this server"
      heads={["Severity", "Finding", "Rule", "Certainty"]}
    >
      {findings.map((finding) => (
        <tr key={finding.id}>
          <td>
            <SeverityMark severity={finding.severity} />
          </td>
          <td>
            <FindingLink finding={finding} />
          </td>
          <td>{finding.rule}</td>
          <td>{finding.certainty}</td>
        </tr>
      ))}
    </Table>
  );
}

function IdentitiesOf({ server }: { readonly server: Server }): JSX.Element {
  return (
    <>
      <h2>Identities it can act as</h2>
      {server.identities.length === 0 ? (
        <p>None was found for this workload.</p>
      ) : (
        <Table caption="Identities" heads={["Identity", "How", "Sure", "Why"]}>
          {server.identities.map(({ id, how, verdict, because }) => (
            <tr key={`${id} ${how}`}>
              <td>
                <a href={linkTo("identities", id)}>
                  <Code text={id} />
                </a>
              </td>
              <td>{how}</td>
              <td>{verdict}</td>
              <td>
                <Untrusted text={because} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}

const rowNames = {
  credentialExposure: "Credential exposure",
  privilegeEscalation: "Privilege escalation",
  networkSurface: "Network surface",
  audit: "Audit",
} as const;

function Matrix({ server }: { readonly server: Server }): JSX.Element {
  return (
    <>
      <h2>Risk now, and with delegated tokens</h2>
      <Table caption="Risk matrix" heads={["Risk", "Now", "With OAuth", "Because of"]}>
        {matrixRows.map((row) => {
          const { now, withOAuth, because } = server.matrix[row];
          return (
            <tr key={row}>
              <th scope="row">{rowNames[row]}</th>
              <td>{now}</td>
              <td>{withOAuth}</td>
              <td>{because.join(", ")}</td>
            </tr>
          );
        })}
      </Table>
    </>
  );
}
