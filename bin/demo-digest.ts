import { providers, type Report } from "../src/index.ts";

/** What the demo prints: one whole story a cloud. Everything else is in the run directory. */
export function digestOf(report: Report): Report {
  const home = homes(report);
  const shown = providers.flatMap((provider) => {
    const own = report.findings.filter(({ subject }) => home.get(subject.id) === provider);
    const backdoors = own.filter(({ rule }) => rule === "backdoor");
    const balanced = backdoors.filter(({ evidence }) => evidence.some(isBalancer));
    return [...balanced, ...backdoors, ...own].slice(0, 1);
  });
  const ids = new Set(shown.map(({ id }) => id));
  return {
    ...report,
    findings: report.findings.filter(({ id }) => ids.has(id)),
    unknowns: report.unknowns.filter(({ rule }) => rule === "backdoor"),
  };
}

function isBalancer({ kind }: { readonly kind: string }): boolean {
  return kind === "balancer";
}

/** Whose servers and identities findings are about. */
function homes({ servers, identities }: Report): ReadonlyMap<string, string> {
  return new Map([...servers, ...identities].map(({ id, provider }) => [id, provider]));
}

const columns = [
  "servers",
  "open",
  "back doors",
  "admin",
  "escalates",
  "maybe",
  "unknown",
] as const;

/** A line a cloud: servers, those that list their tools to anyone, and what the identities can do. */
export function cloudLines(report: Report): readonly string[] {
  const home = homes(report);
  const lines = report.scopes.map(({ provider }) => {
    const servers = report.servers.filter((each) => each.provider === provider);
    const identities = report.identities.filter((each) => each.provider === provider);
    const sure = identities.filter(({ verdict }) => verdict === "yes");
    const about = (rule: string): number =>
      report.findings.filter((each) => each.rule === rule && home.get(each.subject.id) === provider)
        .length;
    return row(provider, [
      servers.length,
      about("mcp-open"),
      about("backdoor"),
      sure.filter(({ power }) => power === "admin").length,
      sure.filter(({ power }) => power === "escalates").length,
      identities.filter(({ verdict, power }) => verdict === "maybe" && power !== "unknown").length,
      identities.filter(({ power }) => power === "unknown").length,
    ]);
  });
  return ["CLOUDS", row("", columns), ...lines];
}

function row(name: string, cells: readonly (string | number)[]): string {
  const padded = cells.map((cell, i) => String(cell).padStart((columns[i] ?? "").length));
  return `  ${name.padEnd(8)}${padded.join("  ")}`.trimEnd();
}
