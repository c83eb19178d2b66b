import type { JSX } from "preact";
import type { Model } from "./model.ts";
import { Code, Facts, Table } from "./parts.tsx";

/** For whoever collects evidence: who asked, when, about what, how. */
export function RunPage({ model }: { readonly model: Model }): JSX.Element {
  const { run, tool, scopes, schemaVersion } = model.report;
  return (
    <>
      <h1>This run</h1>
      <Facts
        facts={[
          ["Run", <Code key="r" text={run.id} />],
          ["Began", run.startedAt],
          ["Ended", run.finishedAt],
          ["Tool", `${tool.name} ${tool.version}, report schema ${schemaVersion}`],
          [
            "Seen from",
            run.vantage.kind === "internet"
              ? "the internet"
              : `inside ${run.vantage.network ?? ""}`,
          ],
          ["Options", <Code key="o" text={JSON.stringify(run.options)} />],
        ]}
      />
      <Table
        caption="Scopes that were asked about"
        heads={["Provider", "Scope", "Name", "Regions", "API calls"]}
      >
        {scopes.map(({ provider, id, name, regions, calls }) => (
          <tr key={`${provider} ${id}`}>
            <td>{provider}</td>
            <td>
              <Code text={id} />
            </td>
            <td>{name ?? ""}</td>
            <td>{regions.join(", ")}</td>
            <td>{calls}</td>
          </tr>
        ))}
      </Table>
      <h2>Method</h2>
      <p>
        Configuration was read from the providers with calls that change nothing. What the internet
        reaches was decided from it, endpoints found that way were asked whether they speak MCP, and
        the policies of the identities behind them were evaluated. The run directory holds the
        recorded answers; <code>postern verify</code> checks their hashes and{" "}
        <code>postern replay</code> decides from them again.
      </p>
    </>
  );
}
