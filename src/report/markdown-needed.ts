import type { IdentityReport } from "../model/identity.ts";
import type { IdentityNeeded } from "../model/needed.ts";
import { markdownBlock, markdownCode, markdownText } from "./markdown-text.ts";
import { printable } from "./text.ts";

/** Identities and lines of a policy that a comment shows. */
const shown = { identities: 5, lines: 60 };

/** What the tools need of each identity, with the smallest policy where one could be written. */
export function neededSection(identities: readonly IdentityReport[]): string[] {
  const told = identities.flatMap(({ id, needed }) =>
    needed && needed.unneeded.length > 0 ? [{ id, needed }] : [],
  );
  if (told.length === 0) return [];
  const left = told.length - shown.identities;
  return [
    "### Needed and granted",
    "",
    "A proposal: nothing was changed.",
    "",
    ...told.slice(0, shown.identities).flatMap(({ id, needed }) => block(id, needed)),
    ...(left > 0 ? [`And ${left} more identities: see the JSON report.`, ""] : []),
  ];
}

function block(id: string, { verdict, unneeded, assumptions, ...rest }: IdentityNeeded): string[] {
  const [policy] = [...rest.policies, ...rest.readOnly];
  const lines = policy?.document.split("\n") ?? [];
  const fits = lines.length > 0 && lines.length <= shown.lines;
  return [
    `**${markdownCode(id)}** (${verdict === "yes" ? "sure" : "maybe"}): no tool needs`,
    "",
    ...unneeded.map(
      ({ family, whole, accesses, grants, lastUsed }) =>
        `- ${whole ? "anything of " : ""}${family}: ${accesses.join(", ")}${lastUsed === undefined ? "" : `, last used ${markdownText(lastUsed)}`}; ${grants.slice(0, 2).map(markdownCode).join(", ")}`,
    ),
    "",
    ...(policy && fits
      ? [
          `<details><summary>${markdownText(policy.name)}</summary>`,
          "",
          ...markdownBlock("json", lines.map(printable)),
          ...assumptions.map((text) => `- assuming: ${markdownText(text)}`),
          "</details>",
          "",
        ]
      : []),
  ];
}
