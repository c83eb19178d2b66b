import type { IdentityReport } from "../model/identity.ts";
import type { IdentityNeeded } from "../model/needed.ts";
import { clean, hang } from "./text.ts";

/** Identities of which more than this is left to the JSON report. */
const shown = 5;

/** What the tools of the servers need of each identity, in a few lines; the policies are in the JSON report. */
export function neededLines(identities: readonly IdentityReport[], columns: number): string[] {
  const told = identities.flatMap(({ id, needed }) =>
    needed && (needed.unneeded.length > 0 || needed.missing.length > 0) ? [{ id, needed }] : [],
  );
  if (told.length === 0) return [];
  const left = told.length - shown;
  return [
    "NEEDED AND GRANTED (a proposal)",
    ...told
      .slice(0, shown)
      .flatMap(({ id, needed }) => hang("  ", `${clean(id)}: ${sentenceOf(needed)}`, columns)),
    ...(left > 0 ? [`  and ${left} more: see the JSON report`] : []),
  ];
}

function sentenceOf({ verdict, unneeded, missing, policies, readOnly }: IdentityNeeded): string {
  const whole = unneeded.filter((one) => one.whole).map(({ family }) => family);
  const part = unneeded
    .filter((one) => !one.whole)
    .map(({ family, accesses }) => `${family} (${accesses.join(", ")})`);
  const written = policies.length > 0 ? policies : readOnly;
  return [
    ...(whole.length > 0 ? [`${sure(verdict)} nothing of ${whole.join(", ")}`] : []),
    ...(part.length > 0 ? [`not all of ${part.join(", ")}`] : []),
    ...(missing.length > 0
      ? [`${missing.length} needed but not granted (${clean(missing.slice(0, 3).join(", "))})`]
      : []),
    ...(written.length > 0
      ? [`${policies.length > 0 ? "a smaller" : "a read-only"} policy is in identities[].needed`]
      : []),
  ].join("; ");
}

function sure(verdict: IdentityNeeded["verdict"]): string {
  return verdict === "yes" ? "its tools need" : "its tools seem to need";
}
