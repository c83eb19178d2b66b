import type { JSX } from "preact";
import { toolAccesses } from "../../model/tool.ts";
import type { AuthenticationVerdict, Server } from "../../model/server.ts";
import type { Summary } from "../../model/report.ts";
import type { Model } from "./model.ts";
import { plural, SeverityMark, Untrusted, Word } from "./parts.tsx";
import { linkTo } from "./route.ts";

/** The exposed servers, those first whose abuse would cost most. */
export function ServersPage({ model }: { readonly model: Model }): JSX.Element {
  const { servers, report } = model;
  return (
    <>
      <h1>MCP servers by blast radius</h1>
      <Figures summary={report.summary} complete={report.coverage.complete} />
      {servers.length === 0 ? (
        <p class="empty">No MCP server was found in what could be read.</p>
      ) : (
        <ol class="cards">
          {servers.map((server) => (
            <li key={server.id}>
              <ServerCard server={server} />
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function Figures({
  summary,
  complete,
}: {
  readonly summary: Summary;
  readonly complete: boolean;
}): JSX.Element {
  const share = summary.tools === 0 ? 0 : Math.round((100 * summary.toolsRead) / summary.tools);
  const figures: readonly (readonly [number | string, string])[] = [
    [summary.servers, "servers"],
    [summary.open, "open to anyone"],
    [summary.plaintext, "unencrypted"],
    [summary.tools, "tools"],
    [`${share} %`, "of them read"],
    [summary.managesCloud, "manage the cloud"],
  ];
  return (
    <>
      <dl class="figures">
        {figures.map(([value, name]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {!complete && (
        <p class="notice">
          Not everything could be read. <a href={linkTo("coverage")}>What is missing</a> may hide
          servers or make a verdict better or worse.
        </p>
      )}
    </>
  );
}

const weakVerdicts: ReadonlySet<AuthenticationVerdict> = new Set([
  "static-secret",
  "host-check",
  "unknown",
]);

function ServerCard({ server }: { readonly server: Server }): JSX.Element {
  const { workload, provider, scope, region, endpoints, consequence, findings } = server;
  const open = endpoints.some(({ authentication }) => authentication.verdict === "open");
  const weak = endpoints.some(({ authentication }) => weakVerdicts.has(authentication.verdict));
  const plain = endpoints.some(({ tls }) => tls.mode === "none");
  const [first] = endpoints;
  return (
    <article class={`card ${server.severity}`}>
      <h2>
        <a href={linkTo("server", server.id)}>
          <Untrusted text={workload.name} />
        </a>
      </h2>
      <SeverityMark severity={server.severity} />
      <p class="where">
        {provider} · <Untrusted text={scope} /> · {region}
        {first && (
          <>
            {" "}
            · <Untrusted text={first.url} />
          </>
        )}
      </p>
      <p class="words">
        <Word tone={open ? "bad" : weak ? "unsure" : "good"}>{authenticationWords(server)}</Word>
        <Word tone={plain ? "bad" : "good"}>{plain ? "plain HTTP" : "TLS"}</Word>
        <Word tone={consequence === "unknown" ? "unsure" : "bad"}>
          reaching it gives {consequence}
        </Word>
        <Word>{toolWords(server)}</Word>
        <Word>{plural(findings.length, "finding")}</Word>
      </p>
    </article>
  );
}

function authenticationWords({ endpoints }: Server): string {
  const verdicts = new Set(endpoints.map(({ authentication }) => authentication.verdict));
  return verdicts.size === 0 ? "not probed" : [...verdicts].join(", ");
}

function toolWords({ endpoints }: Server): string {
  const tools = endpoints.flatMap((endpoint) => endpoint.tools);
  if (tools.length === 0) return "tools not listed";
  const counted = toolAccesses
    .map((access) => [access, tools.filter((tool) => tool.access === access).length] as const)
    .filter(([, count]) => count > 0);
  return `${plural(tools.length, "tool")}: ${counted.map(([access, count]) => `${count} ${access}`).join(", ")}`;
}
