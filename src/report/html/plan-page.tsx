import type { JSX } from "preact";
import type { Plan } from "../../model/plan.ts";
import type { Model } from "./model.ts";
import { plural, Table, Untrusted } from "./parts.tsx";
import { RemediationSteps } from "./remediation.tsx";
import { linkTo } from "./route.ts";

/** What would remove everything critical, and what each change alone would leave. */
export function PlanPage({ model }: { readonly model: Model }): JSX.Element {
  const { plan } = model.report;
  return (
    <>
      <h1>Plan</h1>
      {plan ? (
        <PlanPart plan={plan} model={model} />
      ) : (
        <p class="empty">No plan was asked for. Run the audit with --plan to get one.</p>
      )}
    </>
  );
}

function PlanPart({ plan, model }: { readonly plan: Plan; readonly model: Model }): JSX.Element {
  const { changes, exact, atLeast, left, assumptions } = plan;
  return (
    <>
      <p class="lead">
        {changes.length === 0
          ? "No change known here removes a critical finding."
          : `${plural(changes.length, "change")} would remove every critical finding. ${exact ? "No smaller set does." : `At least ${atLeast} are needed.`} Nothing was changed.`}
      </p>
      {left.length > 0 && (
        <p class="notice">Not removed by any change known here: {left.join(", ")}</p>
      )}
      <ol class="cards">
        {changes.map(({ id, kind, change, provider, scope, ends, steps }) => (
          <li key={id} class="card">
            <h2>
              <Untrusted text={change.charAt(0).toUpperCase() + change.slice(1)} />
            </h2>
            <p class="where">
              {kind} · {provider} · <Untrusted text={scope} /> · without it{" "}
              {plural(ends.length, "finding")} would stay
            </p>
            <div class="wide">
              <RemediationSteps remediation={{ summary: "", steps }} />
            </div>
          </li>
        ))}
      </ol>
      {changes.length > 0 && (
        <>
          <h2>It supposes</h2>
          <ul>
            {assumptions.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      <Options plan={plan} model={model} />
    </>
  );
}

function Options({
  plan,
  model,
}: {
  readonly plan: Plan;
  readonly model: Model;
}): JSX.Element | null {
  const rows = plan.servers.flatMap(({ server, cuts }) => cuts.map((cut) => ({ server, cut })));
  if (rows.length === 0) return null;
  return (
    <>
      <h2>What one change alone leaves</h2>
      <Table caption={`${rows.length} single changes`} heads={["Server", "Change", "Leaves"]}>
        {rows.map(({ server, cut }) => (
          <tr key={`${server} ${cut.cut}`}>
            <td>
              <a href={linkTo("server", server)}>
                <Untrusted text={model.serverById.get(server)?.workload.name ?? server} />
              </a>
            </td>
            <td>
              <Untrusted text={cut.change} />
            </td>
            <td>{cut.leaves}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}
