import type { JSX } from "preact";
import type { IdentityNeeded, ProposedPolicy } from "../../model/needed.ts";
import { Code, Table, Untrusted } from "./parts.tsx";

/** What the listed tools need, against what is granted: a proposal with what it rests on. */
export function NeededPart({ needed }: { readonly needed: IdentityNeeded }): JSX.Element {
  const { verdict, tools, unneeded, missing, policies, readOnly, assumptions } = needed;
  return (
    <>
      <h2>Needed and granted</h2>
      <p>
        A proposal,{" "}
        {verdict === "yes" ? "from the tables of the products" : "not sure in every part"}: nothing
        was changed.
      </p>
      <Table
        caption="Granted, and no tool needs it"
        heads={["Family", "Access", "Grants", "Last used", "Told by"]}
      >
        {unneeded.map(({ family, whole, accesses, grants, lastUsed, because }) => (
          <tr key={family}>
            <td>{whole ? `all of ${family}` : family}</td>
            <td>{accesses.join(", ")}</td>
            <td>
              <Code text={grants.join(", ")} />
            </td>
            <td>{lastUsed ?? "not known"}</td>
            <td>{because}</td>
          </tr>
        ))}
      </Table>
      <Table caption="What each tool needs" heads={["Tool", "Told by", "Actions"]}>
        {tools.map(({ tool, basis, actions }) => (
          <tr key={`${tool} ${basis}`}>
            <td>
              <Untrusted text={tool} />
            </td>
            <td>{basis}</td>
            <td>
              <Code text={basis === "any" ? "whatever is asked" : actions.join(", ")} />
            </td>
          </tr>
        ))}
      </Table>
      {missing.length > 0 && (
        <p>
          Needed and not granted: <Code text={missing.join(", ")} />
        </p>
      )}
      <Policies title="Smallest policy that keeps the tools working" policies={policies} />
      <Policies title="The same, read-only" policies={readOnly} />
      {assumptions.length > 0 && (
        <ul>
          {assumptions.map((text) => (
            <li key={text}>
              <Untrusted text={text} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Policies({
  title,
  policies,
}: {
  readonly title: string;
  readonly policies: readonly ProposedPolicy[];
}): JSX.Element | null {
  if (policies.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      {policies.map(({ name, document }) => (
        <details key={name}>
          <summary>
            <Code text={name} />
          </summary>
          <pre role="region" aria-label={name} tabIndex={0}>
            {document}
          </pre>
        </details>
      ))}
    </>
  );
}
