import type { JSX } from "preact";
import type { Grant, IdentityReport } from "../../model/identity.ts";
import type { Model } from "./model.ts";
import { NeededPart } from "./needed-part.tsx";
import { Code, Facts, SourceText, Table, Untrusted, Word } from "./parts.tsx";
import { linkTo } from "./route.ts";

export function IdentitiesPage({
  model,
  id,
}: {
  readonly model: Model;
  readonly id: string;
}): JSX.Element {
  const identity = model.identityById.get(id);
  if (identity) return <IdentityPart identity={identity} />;
  const { identities } = model.report;
  return (
    <>
      <h1>Identities</h1>
      {identities.length === 0 ? (
        <p class="empty">No workload of a server holds an identity that could be read.</p>
      ) : (
        <Table
          caption="What each identity can do"
          heads={["Identity", "Power", "Sure", "At", "Workloads", "Grants"]}
        >
          {identities.map((one) => (
            <tr key={one.id}>
              <td>
                <a href={linkTo("identities", one.id)}>
                  <Code text={one.id} />
                </a>
              </td>
              <td>
                <Word tone={one.power === "unknown" ? "unsure" : "bad"}>{one.power}</Word>
              </td>
              <td>{one.verdict}</td>
              <td>{one.breadth}</td>
              <td>{one.workloads.length}</td>
              <td>{one.grants.length}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}

function IdentityPart({ identity }: { readonly identity: IdentityReport }): JSX.Element {
  const { id, provider, kind, power, powers, breadth, verdict, worst, best } = identity;
  return (
    <>
      <h1>
        <Code text={id} />
      </h1>
      <Facts
        facts={[
          ["Kind", `${provider} ${kind}`],
          ["Power", `${power}, ${verdict}, at ${breadth}`],
          ["All that hold", powers.join(", ") || "none"],
          ["Between", best === worst ? best : `${best} and ${worst}`],
        ]}
      />
      <Sentences title="Rests on" texts={identity.assumptions} />
      <Sentences title="Ways to more" texts={identity.escalations} />
      <h2>Why</h2>
      <Table
        caption="Statements that give the power"
        heads={["Permission", "Statement", "Why", "Where it was seen"]}
      >
        {identity.because.map(({ permission, statement, because, source }) => (
          <tr key={`${permission} ${statement}`}>
            <td>
              <Code text={permission} />
            </td>
            <td>
              <Code text={statement} />
            </td>
            <td>
              <Untrusted text={because} />
            </td>
            <td>
              <SourceText source={source} />
            </td>
          </tr>
        ))}
      </Table>
      <h2>Limits</h2>
      <Table caption="Layers that bear on it" heads={["Layer", "Id", "State", "Detail"]}>
        {identity.limits.map(({ layer, id: limit, state, detail }) => (
          <tr key={`${layer} ${limit}`}>
            <td>{layer}</td>
            <td>
              <Code text={limit} />
            </td>
            <td>{state}</td>
            <td>
              <Untrusted text={detail} />
            </td>
          </tr>
        ))}
      </Table>
      {identity.needed && <NeededPart needed={identity.needed} />}
      <h2>Grants</h2>
      <Grants grants={identity.grants} />
    </>
  );
}

function Sentences({
  title,
  texts,
}: {
  readonly title: string;
  readonly texts: readonly string[];
}): JSX.Element | null {
  if (texts.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {texts.map((text) => (
          <li key={text}>
            <Untrusted text={text} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Grants({ grants }: { readonly grants: readonly Grant[] }): JSX.Element {
  return (
    <Table
      caption={`${grants.length} grants, wildcards as they are written`}
      heads={["Action", "Resource", "Access", "Family", "Breadth", "Condition", "Sure", "Through"]}
    >
      {grants.map((grant, at) => (
        <tr key={at}>
          <td>
            <Code text={grant.action} />
          </td>
          <td>
            <Code text={grant.resource} />
          </td>
          <td>{grant.access}</td>
          <td>{grant.family}</td>
          <td>{grant.breadth}</td>
          <td>{grant.condition}</td>
          <td>{grant.verdict}</td>
          <td>
            <Code text={grant.raw.join(", ")} />
          </td>
        </tr>
      ))}
    </Table>
  );
}
