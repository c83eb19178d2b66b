import type { JSX } from "preact";
import type { ServerEndpoint } from "../../model/server.ts";
import type { Tool } from "../../model/tool.ts";
import { Code, Facts, Table, Untrusted, Word } from "./parts.tsx";

export function EndpointPart({ endpoint }: { readonly endpoint: ServerEndpoint }): JSX.Element {
  const { url, confidence, authentication, tls, product, serverInfo, warnings, tools } = endpoint;
  return (
    <section>
      <h3>
        <Untrusted text={url} />
      </h3>
      <Facts
        facts={[
          ["MCP", `${confidence}${endpoint.transport ? `, ${endpoint.transport}` : ""}`],
          ["Versions", endpoint.protocolVersions.join(", ") || "not told"],
          ["Product", product ? `${product.name} (${product.basis})` : "not recognised"],
          [
            "Calls itself",
            <Untrusted
              key="s"
              text={serverInfo ? `${serverInfo.name} ${serverInfo.version}` : "nothing"}
            />,
          ],
          [
            "Encryption",
            tls.mode === "none"
              ? "none"
              : `${tls.mode} ${tls.version ?? ""}, ends at ${tls.endsAt}`,
          ],
          [
            "Authentication",
            <>
              {authentication.verdict}
              {authentication.evidence.length > 0 && ": "}
              <Untrusted text={authentication.evidence.join("; ") || " "} />
            </>,
          ],
        ]}
      />
      {warnings.map((warning) => (
        <p key={warning} class="notice">
          <Untrusted text={warning} />
        </p>
      ))}
      {endpoint.toolsListed ? (
        <Tools tools={tools} url={url} />
      ) : (
        <p>Its tools could not be listed, so they say nothing here.</p>
      )}
    </section>
  );
}

function Tools({
  tools,
  url,
}: {
  readonly tools: readonly Tool[];
  readonly url: string;
}): JSX.Element {
  return (
    <Table caption={`${tools.length} tools of ${url}`} heads={["Tool", "Access", "About", "Notes"]}>
      {tools.map((tool, at) => (
        <tr key={at}>
          <td>
            <Code text={tool.name} />
          </td>
          <td>
            <Word tone={tool.access === "read" ? "good" : "bad"}>{tool.access}</Word>
          </td>
          <td>{tool.categories.join(", ")}</td>
          <td>{notesOf(tool).join("; ")}</td>
        </tr>
      ))}
    </Table>
  );
}

function notesOf({ manages, router, discloses, host, annotationConflict }: Tool): string[] {
  return [
    ...(manages ? [`manages ${manages.cloud}: ${manages.verbs.join(", ")}`] : []),
    ...host.map((ability) => ability.replace("-", " ")),
    ...(discloses ? ["answers hold secrets"] : []),
    ...(router ? ["routes to many operations"] : []),
    ...(annotationConflict ? ["its hints say less than it does"] : []),
  ];
}
