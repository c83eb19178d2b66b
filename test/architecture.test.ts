import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { layers, uses, type Layer } from "./architecture-layers.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

const sources = ["src", "providers", "bin"].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(top, name)),
);

describe("architecture", () => {
  test.each(sources)("%s keeps to its layer", (file) => {
    expect(violations(file, readFileSync(join(root, file), "utf8"))).toEqual([]);
  });

  test("every row of the table holds a file", () => {
    const empty = Object.keys(layers).filter(
      (name) => !sources.some((file) => isInside(file, name)),
    );
    expect(empty).toEqual([]);
  });
});

const long = "\n".repeat(301);

const forbidden: readonly (readonly [what: string, file: string, text: string])[] = [
  ["a provider in the core", "src/rules/x.ts", 'import { a } from "../../providers/index.ts";'],
  ["an SDK in a rule", "src/rules/x.ts", 'import "@aws-sdk/client-ec2";'],
  ["an SDK outside its file", "providers/aws/network.ts", 'import "@aws-sdk/client-ec2";'],
  ["a neighbouring cloud", "providers/aws/calls.ts", 'import { a } from "../gcp/calls.ts";'],
  ["a later stage", "src/reach/x.ts", 'export { a } from "../rules/index.ts";'],
  ["an import over several lines", "src/model/x.ts", 'import {\n  a,\n} from "../net/x.ts";'],
  ["a dynamic import", "src/probe/x.ts", 'const a = await import("node:net");'],
  ["a type taken by import()", "src/model/x.ts", 'type A = import("../net/x.ts").A;'],
  ["a computed import", "bin/x.ts", "await import(`../src/${name}.ts`);"],
  ["require", "src/report/x.ts", 'require("node:fs");'],
  ["a made require", "providers/aws/connect.ts", 'load("@google-cloud/compute")'],
  ["sockets outside connection.ts", "src/probe/x.ts", 'import { connect } from "node:net";'],
  ["mocks loaded at start", "bin/x.ts", 'import { a } from "../mocks/aws/index.ts";'],
  ["a package of a similar name", "bin/x.ts", 'import a from "yaml-evil";'],
  ["a cloud in what all clouds share", "providers/x.ts", 'import { a } from "./aws/calls.ts";'],
  ["a clock", "src/rules/x.ts", "const now = Date.now();"],
  ["a date of today", "src/correlate/x.ts", "const now = new Date();"],
  ["chance", "src/reach/x.ts", "if (Math.random() < 0.5) {}"],
  ["the environment", "src/permissions/x.ts", "process.env.HOME"],
  ["a request past connection.ts", "src/probe/x.ts", "await fetch(url);"],
  ["a file in no layer", "src/utils.ts", ""],
  ["a cloud without a row", "providers/fifth/index.ts", ""],
  ["a long file", "src/net/x.ts", long],
];

const allowed: readonly (readonly [file: string, text: string])[] = [
  ["src/rules/x.ts", 'import type { A } from "../model/finding.ts";\nimport "./y.ts";'],
  ["providers/aws/connect.ts", 'load("@aws-sdk/client-ec2");\nimport { a } from "./limits.ts";'],
  ["bin/x.ts", 'await import("../mocks/worlds/demo.ts");\nimport "node:process";'],
  ["src/rules/x.ts", 'const text = "Date.now() from \\"node:fs\\"";\n// import "node:fs"'],
  ["src/evidence/x.ts", "const at = new Date(run.startedAt);\nawait call.fetch(page);"],
];

describe("the architecture check", () => {
  test.each(forbidden)("bites on %s", (_, file, text) => {
    expect(violations(file, text)).toHaveLength(1);
  });

  test.each(allowed)("leaves alone what %s may do", (file, text) => {
    expect(violations(file, text)).toEqual([]);
  });
});

function violations(file: string, text: string): string[] {
  const name = layerOf(file);
  const layer = name === undefined ? undefined : layers[name];
  if (name === undefined || !layer) return [`${file} belongs to no layer: add it to the table`];
  const code = withoutComments(text);
  const bare = withoutStrings(code);
  const used = new Set<string>(layer.uses);
  const all = [
    ...importsOf(code)
      .filter((target) => !mayImport(file, name, layer, target))
      .map((target) => `${file} may not import ${target.name}`),
    ...Object.entries(uses)
      .filter(([use, pattern]) => !used.has(use) && pattern.test(bare))
      .map(([use]) => `${file} may not use ${use}`),
    ...(text.split("\n").length > 301 ? [`${file} is longer than 300 lines`] : []),
  ];
  return [...new Set(all)];
}

interface Target {
  readonly name: string;
  readonly dynamic: boolean;
}

function mayImport(file: string, name: string, layer: Layer, target: Target): boolean {
  const whole = layer.partOf === undefined ? undefined : layers[layer.partOf];
  if (!target.name.startsWith(".")) {
    return [...layer.packages, ...(whole?.packages ?? [])].some((known) =>
      /[/:]$/.test(known)
        ? target.name.startsWith(known)
        : target.name === known || target.name.startsWith(`${known}/`),
    );
  }
  const path = normalize(join(dirname(file), target.name));
  const places = [
    ...layer.imports,
    ...(whole?.imports ?? []),
    ...(target.dynamic ? (layer.lazy ?? []) : []),
  ];
  return ownerOf(path) === (layer.partOf ?? name) || places.some((place) => isInside(path, place));
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

/**
 * Computed names come out as the source text of the argument, which no layer allows. A scoped package counts wherever
 * it is named: `createRequire` loads by any function.
 */
function importsOf(code: string): Target[] {
  const fixed = /^\s*(?:import|export)\b(?:[\w\s{},*$]*?\bfrom)?\s*["']([^"']+)["']/gm;
  const called = /\b(?:import|require)\(\s*(?:["']([^"']+)["']|([^)"']*))/g;
  const named = /["'](@[\w-]+\/[\w.-]+)["']/g;
  return [
    ...[...code.matchAll(fixed)].map(([, name]) => ({ name: name!, dynamic: false })),
    ...[...code.matchAll(called)].map(([, name, computed]) => ({
      name: name ?? computed!,
      dynamic: true,
    })),
    ...[...code.matchAll(named)].map(([, name]) => ({ name: name!, dynamic: true })),
  ];
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|[\s;{])\/\/[^\n]*/g, "$1");
}

function withoutStrings(code: string): string {
  return code.replaceAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""');
}
