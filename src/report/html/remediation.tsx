import type { JSX } from "preact";
import type { Remediation } from "../../model/finding.ts";

const names = { cli: "Command", iac: "Infrastructure as code", design: "Design" } as const;

export function RemediationSteps({
  remediation,
}: {
  readonly remediation: Remediation;
}): JSX.Element {
  return (
    <>
      {remediation.summary !== "" && <p>{remediation.summary}</p>}
      <ol class="steps">
        {remediation.steps.map(({ kind, text }, at) => (
          <li key={at}>
            {kind === "design" ? (
              text
            ) : (
              <>
                <span class="quiet">{names[kind]}</span>
                <pre role="region" aria-label={`${names[kind]}, step ${at + 1}`} tabIndex={0}>
                  {text}
                </pre>
              </>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
