import type { JSX } from "preact";
import type { Model } from "./model.ts";
import { Code, plural, Table, Untrusted, Word } from "./parts.tsx";
import { linkTo } from "./route.ts";

/** What was asked for, what was read, and what that leaves open. */
export function CoveragePage({ model }: { readonly model: Model }): JSX.Element {
  const { coverage, scopes, unknowns } = model.report;
  const gaps = scopes.flatMap((scope) => scope.gaps.map((gap) => ({ scope, gap })));
  return (
    <>
      <h1>Coverage and unknowns</h1>
      <p class={coverage.complete ? "lead" : "notice"}>
        {coverage.complete
          ? "Everything that was asked for could be read."
          : "Not everything that was asked for could be read. A rule that needed it says unknown, never pass."}
      </p>
      <Table caption="Scopes" heads={["Provider", "Scope", "State", "Calls", "Gaps"]}>
        {coverage.byScope.map(({ provider, id, state, calls, gaps: count }) => (
          <tr key={`${provider} ${id}`}>
            <td>{provider}</td>
            <td>
              <Code text={id} />
            </td>
            <td>
              <Word tone={state === "audited" ? "good" : "unsure"}>{state}</Word>
            </td>
            <td>{calls}</td>
            <td>{count}</td>
          </tr>
        ))}
      </Table>
      <h2>What could not be decided</h2>
      {unknowns.length === 0 ? (
        <p>Every rule could be decided.</p>
      ) : (
        <Table
          caption={plural(unknowns.length, "open question")}
          heads={["Rule", "About", "Because", "At worst", "At best"]}
        >
          {unknowns.map(({ rule, subject, because, worst, best }, at) => (
            <tr key={at}>
              <td>{rule}</td>
              <td>
                {subject.kind === "server" ? (
                  <a href={linkTo("server", subject.id)}>{subject.id}</a>
                ) : (
                  <Code text={subject.id} />
                )}
              </td>
              <td>
                <Untrusted text={because} />
              </td>
              <td>{worst}</td>
              <td>{best}</td>
            </tr>
          ))}
        </Table>
      )}
      <h2>Calls that failed</h2>
      {gaps.length === 0 ? (
        <p>None.</p>
      ) : (
        <Table
          caption={plural(gaps.length, "gap")}
          heads={["Call", "Scope", "Region", "Reason", "Detail", "Makes unknown"]}
        >
          {gaps.map(({ scope, gap }, at) => (
            <tr key={at}>
              <td>
                <Code text={gap.call} />
              </td>
              <td>
                {scope.provider} <Code text={scope.id} />
              </td>
              <td>{gap.region ?? "all"}</td>
              <td>{gap.reason}</td>
              <td>
                <Untrusted text={gap.detail} />
              </td>
              <td>{gap.affects.join(", ")}</td>
            </tr>
          ))}
        </Table>
      )}
      <NotAsked model={model} />
      <ProbeCoverage model={model} />
    </>
  );
}

/** What no call of this version asks about: its absence proves nothing. */
function NotAsked({ model }: { readonly model: Model }): JSX.Element | null {
  const rows = model.report.scopes.flatMap(({ provider, notAsked = [] }) =>
    notAsked.map((one) => ({ provider, ...one })),
  );
  if (rows.length === 0) return null;
  return (
    <>
      <h2>Not asked</h2>
      <Table
        caption="Services that this version does not ask about"
        heads={["Provider", "Service", "What that leaves open"]}
      >
        {rows.map(({ provider, service, because }) => (
          <tr key={`${provider} ${service}`}>
            <td>{provider}</td>
            <td>{service}</td>
            <td>{because}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}

function ProbeCoverage({ model }: { readonly model: Model }): JSX.Element {
  const { targets, answered, skipped, mismatches } = model.report.coverage.probe;
  return (
    <>
      <h2>On the wire</h2>
      <p>
        {answered} of {plural(targets, "target")} answered. No tool was called, no resource read, no
        prompt asked for.
      </p>
      {[...mismatches, ...skipped].map(({ target, because }) => (
        <p key={target}>
          <Code text={target} />: <Untrusted text={because} />
        </p>
      ))}
    </>
  );
}
