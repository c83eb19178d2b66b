import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { matching, noFilter, severityOrder, type Filter, type Model, type Row } from "./model.ts";
import { FindingLink, plural, SeverityMark, Table, Untrusted } from "./parts.tsx";

/** Rows that are drawn at once: enough to read, few enough to stay quick. */
const pageSize = 100;

export function FindingsPage({ model }: { readonly model: Model }): JSX.Element {
  const [filter, setFilter] = useState<Filter>(noFilter);
  const [shown, setShown] = useState(pageSize);
  const found = useMemo(() => matching(model.rows, filter), [model, filter]);
  const change = (part: Partial<Filter>) => {
    setFilter({ ...filter, ...part });
    setShown(pageSize);
  };
  return (
    <>
      <h1>Findings</h1>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <label>
          Search
          <input
            type="search"
            value={filter.text}
            onInput={(event) => change({ text: event.currentTarget.value })}
          />
        </label>
        <Choice
          name="Severity"
          value={filter.severity}
          from={severityOrder}
          onPick={(severity) => change({ severity })}
        />
        <Choice
          name="Rule"
          value={filter.rule}
          from={distinct(model.rows, ({ finding }) => finding.rule)}
          onPick={(rule) => change({ rule })}
        />
        <Choice
          name="Provider"
          value={filter.provider}
          from={distinct(model.rows, ({ provider }) => provider)}
          onPick={(provider) => change({ provider })}
        />
        <Choice
          name="Certainty"
          value={filter.certainty}
          from={["certain", "maybe"]}
          onPick={(certainty) => change({ certainty })}
        />
      </form>
      <p role="status" class="quiet">
        {plural(found.length, "finding")} of {model.rows.length}
      </p>
      <Rows rows={found.slice(0, shown)} />
      {found.length > shown && (
        <button type="button" onClick={() => setShown(shown + pageSize * 5)}>
          Show more ({found.length - shown} left)
        </button>
      )}
    </>
  );
}

function distinct(rows: readonly Row[], of: (row: Row) => string): string[] {
  return [...new Set(rows.map(of))].filter(Boolean).toSorted();
}

function Choice({
  name,
  value,
  from,
  onPick,
}: {
  readonly name: string;
  readonly value: string;
  readonly from: readonly string[];
  readonly onPick: (value: string) => void;
}): JSX.Element {
  return (
    <label>
      {name}
      <select value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        <option value="">all</option>
        {from.map((word) => (
          <option key={word} value={word}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

function Rows({ rows }: { readonly rows: readonly Row[] }): JSX.Element {
  return (
    <Table
      caption="Findings, worst first"
      heads={["Severity", "Finding", "About", "Rule", "Certainty", "Owner"]}
    >
      {rows.map(({ finding, provider, place }) => (
        <tr key={finding.id} class={finding.mute ? "muted" : undefined}>
          <td>
            <SeverityMark severity={finding.severity} />
          </td>
          <td>
            <FindingLink finding={finding} />
            {finding.mute && <span class="quiet"> muted until {finding.mute.until}</span>}
          </td>
          <td>
            {provider} <Untrusted text={place} />
          </td>
          <td>{finding.rule}</td>
          <td>{finding.certainty}</td>
          <td>
            <Untrusted text={finding.owner ?? "nobody"} />
          </td>
        </tr>
      ))}
    </Table>
  );
}
