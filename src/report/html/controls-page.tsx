import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { controlStates, frameworksOf, type ControlState } from "./controls.ts";
import type { Model } from "./model.ts";
import { Table, Word } from "./parts.tsx";
import { linkTo } from "./route.ts";

const tones = { fail: "bad", pass: "good", "not assessed": "unsure" } as const;

/** Which controls fail, which hold as far as was looked, and which were not assessed. */
export function ControlsPage({ model }: { readonly model: Model }): JSX.Element {
  const states = controlStates(model.report);
  const frameworks = frameworksOf(states);
  const [framework, setFramework] = useState("");
  const shown = framework === "" ? states : states.filter((state) => state.framework === framework);
  return (
    <>
      <h1>Controls</h1>
      <p>
        A control passes here only if nothing that bears on it failed or stayed open, everything
        asked for was read, and <a href={linkTo("coverage")}>no service was left unasked</a>. Token
        checks inside a server, authorisation per request, tokens on clients and process memory
        cannot be seen from outside and are never assessed.
      </p>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          Framework
          <select value={framework} onChange={(event) => setFramework(event.currentTarget.value)}>
            <option value="">all</option>
            {frameworks.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </form>
      <p role="status" class="quiet">
        {(["fail", "pass", "not assessed"] as const)
          .map((word) => `${shown.filter(({ state }) => state === word).length} ${word}`)
          .join(", ")}
      </p>
      <Table caption="Controls and their state" heads={["Framework", "Control", "State", "Rules"]}>
        {shown.map((state) => (
          <ControlRow key={`${state.framework} ${state.id}`} state={state} />
        ))}
      </Table>
    </>
  );
}

function ControlRow({ state }: { readonly state: ControlState }): JSX.Element {
  return (
    <tr>
      <td>
        {state.framework} {state.version}
      </td>
      <th scope="row">{state.id}</th>
      <td>
        <Word tone={tones[state.state]}>{state.state}</Word>
      </td>
      <td>{state.rules.join(", ")}</td>
    </tr>
  );
}
