import type { ComponentChildren, JSX } from "preact";
import type { Finding, Severity, Source } from "../../model/finding.ts";
import { linkTo } from "./route.ts";

/** A word and a shape of its own each, so that colour is never the only sign. */
const shapes: Readonly<Record<Severity, string>> = {
  critical: "M3.5 0h5L12 3.5v5L8.5 12h-5L0 8.5v-5z",
  high: "M6 0l6 11.5H0z",
  medium: "M6 0l6 6-6 6-6-6z",
  low: "M6 .5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z",
  info: "M6 .5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zm0 2a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
};

export function SeverityMark({ severity }: { readonly severity: Severity }): JSX.Element {
  return (
    <span class={`severity ${severity}`}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        <path d={shapes[severity]} />
      </svg>
      {severity}
    </span>
  );
}

/** Text from outside: isolated, so that its direction marks reach no further. */
export function Untrusted({ text }: { readonly text: string }): JSX.Element {
  return <bdi class="untrusted">{text === "" ? "(empty)" : text}</bdi>;
}

export function Code({ text }: { readonly text: string }): JSX.Element {
  return <bdi class="code">{text}</bdi>;
}

export function Word({
  children,
  tone,
}: {
  readonly children: ComponentChildren;
  readonly tone?: "bad" | "good" | "unsure";
}): JSX.Element {
  return <span class={tone ? `word ${tone}` : "word"}>{children}</span>;
}

/** A wide table scrolls inside its own frame, which the keyboard reaches. */
export function Table({
  caption,
  heads,
  children,
}: {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** Where a fact was seen, in one line. */
export function SourceText({ source }: { readonly source: Source }): JSX.Element {
  if (source.kind === "api") {
    return (
      <span class="source">
        <Code text={source.call} /> in {source.region}, page {source.page}{" "}
        <Code text={source.pointer} />
        {source.requestId !== undefined && <> · request {<Code text={source.requestId} />}</>}
      </span>
    );
  }
  if (source.kind === "wire") {
    return (
      <span class="source">
        <Code text={source.method} /> <Untrusted text={source.url} /> · answer{" "}
        <Code text={source.responseSha256.slice(0, 16)} />
      </span>
    );
  }
  return (
    <span class="source">
      rule <Code text={source.id} />
    </span>
  );
}

export function FindingLink({ finding }: { readonly finding: Finding }): JSX.Element {
  return (
    <a href={linkTo("finding", finding.id)}>
      <Untrusted text={finding.title} />
    </a>
  );
}

export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [name: string, value: ComponentChildren])[];
}): JSX.Element {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
