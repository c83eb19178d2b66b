import type { Control } from "../model/finding.ts";
import type { Origin, Provider } from "../model/provider.ts";

/** What a rule looks at, in the words of the control frameworks. */
export const controlThemes = [
  "exposure",
  "transport",
  "privilege",
  "secrets",
  "audit",
  "tools",
  "tool-text",
  "metadata",
] as const;
export type ControlTheme = (typeof controlThemes)[number];

type Fit = Control["fit"];
/** Framework, version, then ids by fit. */
type Mapping = readonly [string, string, Readonly<Partial<Record<Fit, readonly string[]>>>];

const mcp = ["OWASP MCP Top 10", "0.1"] as const;
const llm = ["OWASP LLM Top 10", "2025"] as const;
const agentic = ["OWASP Agentic", "2026"] as const;
const atlas = ["MITRE ATLAS", "5.6.0"] as const;
const nist = ["NIST SP 800-53", "r5"] as const;
const iso = ["ISO/IEC 27001", "2022"] as const;
const soc = ["SOC 2", "2017"] as const;
const pci = ["PCI DSS", "4.0.1"] as const;
const ccm = ["CSA CCM", "4.0"] as const;
const nis2 = ["NIS2", "2024/2690"] as const;
const dora = ["DORA", "2022/2554"] as const;

const byTheme: Readonly<Record<ControlTheme, readonly Mapping[]>> = {
  exposure: [
    [...mcp, { direct: ["MCP07"], related: ["MCP09"] }],
    [...llm, { related: ["LLM06"] }],
    [...agentic, { related: ["ASI02"] }],
    [...atlas, { direct: ["AML.T0049"], related: ["AML.T0084.001"] }],
    [
      ...nist,
      { direct: ["AC-3", "AC-14", "IA-2", "SC-7", "SC-7(5)"], related: ["AC-17", "CM-8(3)"] },
    ],
    [...iso, { direct: ["A.8.5", "A.8.20"], related: ["A.8.21", "A.5.15"] }],
    [...soc, { direct: ["CC6.1", "CC6.6"] }],
    [...pci, { direct: ["1.3.1"], related: ["8.3.1"] }],
    [...ccm, { direct: ["IAM-14", "IVS-03"], related: ["IAM-16"] }],
    [...nis2, { direct: ["11.1.2.c"], related: ["6.7.2.b", "6.7.2.g"] }],
    [...dora, { partial: ["Art. 9"] }],
  ],
  transport: [
    [...mcp, { related: ["MCP01", "MCP07"] }],
    [...nist, { direct: ["SC-8", "SC-8(1)", "SC-23"] }],
    [...iso, { direct: ["A.8.24"], related: ["A.8.21"] }],
    [...soc, { direct: ["CC6.7"] }],
    [...pci, { direct: ["4.2.1"] }],
    [...ccm, { direct: ["CEK-03"], related: ["IVS-03"] }],
    [...nis2, { direct: ["6.7.2.i"], related: ["9.2.a"] }],
    [...dora, { partial: ["Art. 9"] }],
  ],
  privilege: [
    [...mcp, { direct: ["MCP02"] }],
    [...llm, { direct: ["LLM06"] }],
    [...agentic, { direct: ["ASI03"] }],
    [...atlas, { related: ["AML.T0085.001", "AML.T0086", "AML.T0101"] }],
    [...nist, { direct: ["AC-6", "AC-6(1)", "AC-6(5)"], related: ["AC-5"] }],
    [...iso, { direct: ["A.8.2", "A.5.18"], related: ["A.8.3"] }],
    [...soc, { direct: ["CC6.3"] }],
    [...pci, { direct: ["7.2.1", "7.2.2", "7.2.5"] }],
    [...ccm, { direct: ["IAM-05"], related: ["IAM-09"] }],
    [...nis2, { direct: ["11.2.2.a", "11.3.2.c"] }],
    [...dora, { partial: ["Art. 9"] }],
  ],
  secrets: [
    [...mcp, { direct: ["MCP01"] }],
    [...llm, { related: ["LLM02"] }],
    [...atlas, { related: ["AML.T0055", "AML.T0083", "AML.T0098"] }],
    [...nist, { direct: ["IA-5"], related: ["SC-12", "IA-5(7)"] }],
    [...iso, { direct: ["A.5.17"], related: ["A.8.24"] }],
    [...soc, { direct: ["CC6.1"], related: ["CC6.2"] }],
    [...pci, { direct: ["8.6.2"], related: ["8.3.2"] }],
    [...ccm, { partial: ["CEK-12"] }],
    [...nis2, { partial: ["9.2.c.iv"] }],
    [...dora, { partial: ["Art. 9"] }],
  ],
  audit: [
    [...mcp, { direct: ["MCP08"] }],
    [...nist, { direct: ["AU-2", "AU-3", "AU-12"], related: ["AU-6", "AC-6(9)", "SI-4", "AU-10"] }],
    [...iso, { direct: ["A.8.15"], related: ["A.8.16", "A.5.28", "A.5.9"] }],
    [...soc, { direct: ["CC7.2"], related: ["CC7.1"] }],
    [...pci, { direct: ["10.2.1"], related: ["10.2.1.2"] }],
    [...ccm, { direct: ["LOG-07", "LOG-08"], related: ["IAM-12"] }],
    [...nis2, { direct: ["3.2.1"], related: ["3.2.3.c", "3.2.3.d", "3.2.3.e"] }],
    [...dora, { partial: ["Art. 10"], related: ["Art. 8"] }],
  ],
  tools: [
    [...mcp, { related: ["MCP02"] }],
    [...llm, { direct: ["LLM06"] }],
    [...agentic, { direct: ["ASI02"] }],
    [...atlas, { direct: ["AML.T0053"], related: ["AML.T0086", "AML.T0101"] }],
    [...nist, { related: ["AC-3", "AC-6"] }],
  ],
  "tool-text": [
    [...mcp, { direct: ["MCP03"] }],
    [...llm, { direct: ["LLM01"] }],
    [...agentic, { direct: ["ASI01"] }],
    [...atlas, { direct: ["AML.T0051"] }],
    [...nist, { related: ["SI-10"] }],
  ],
  metadata: [[...nist, { related: ["CM-6", "CM-7"] }]],
};

/** CIS benchmarks look at administration ports or single settings, so most only come near. */
const cis: Readonly<Record<Provider, Readonly<Partial<Record<ControlTheme, Mapping>>>>> = {
  aws: {
    exposure: ["CIS AWS", "7.0", { related: ["6.3", "6.4"] }],
    privilege: ["CIS AWS", "7.0", { partial: ["2.14"] }],
    secrets: ["CIS AWS", "7.0", { related: ["2.4", "2.12"] }],
    audit: ["CIS AWS", "7.0", { partial: ["4.1", "4.7", "4.10"] }],
    metadata: ["CIS AWS", "7.0", { direct: ["6.7"] }],
  },
  azure: {
    exposure: ["CIS Azure", "6.0", { direct: ["7.4"] }],
    transport: ["CIS Azure", "6.0", { related: ["7.12"] }],
    secrets: ["CIS Azure", "6.0", { related: ["8.3.3", "8.3.4"] }],
    audit: ["CIS Azure", "6.0", { partial: ["6.1.1.1", "6.1.1.6"] }],
  },
  gcp: {
    transport: ["CIS GCP", "5.0", { related: ["3.11"] }],
    privilege: ["CIS GCP", "5.0", { partial: ["1.6", "4.1", "4.2"] }],
    secrets: ["CIS GCP", "5.0", { related: ["1.8", "1.16", "1.18"] }],
    audit: ["CIS GCP", "5.0", { partial: ["2.1", "2.17", "3.10"] }],
  },
  oci: {
    exposure: ["CIS OCI", "3.1", { related: ["2.1", "2.2", "2.3", "2.4"] }],
    secrets: ["CIS OCI", "3.1", { related: ["1.8", "1.9"] }],
    audit: ["CIS OCI", "3.1", { partial: ["4.13", "4.17"] }],
  },
};

const fits: readonly Fit[] = ["direct", "related", "partial"];

/** Controls that the themes touch, each once with its best fit. */
export function controlsFor(themes: readonly ControlTheme[], provider: Origin): Control[] {
  const mappings = themes.flatMap((theme) => [
    ...byTheme[theme],
    ...listed(provider === "named" ? undefined : cis[provider][theme]),
  ]);
  const all = mappings.flatMap(([framework, version, ids]) =>
    fits.flatMap((fit) => (ids[fit] ?? []).map((id) => ({ framework, version, id, fit }))),
  );
  const best = new Map<string, Control>();
  for (const control of all.toSorted((a, b) => fits.indexOf(a.fit) - fits.indexOf(b.fit))) {
    const key = JSON.stringify([control.framework, control.id]);
    if (!best.has(key)) best.set(key, control);
  }
  return [...best].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, control]) => control);
}

function listed(mapping: Mapping | undefined): Mapping[] {
  return mapping ? [mapping] : [];
}
