import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/** Versions of the Query APIs as they stand in each request. */
export const services = {
  ec2: {
    version: "2016-11-15",
    package: "@aws-sdk/client-ec2",
    namespace: "http://ec2.amazonaws.com/doc/2016-11-15/",
  },
  elbv2: {
    version: "2015-12-01",
    package: "@aws-sdk/client-elastic-load-balancing-v2",
    namespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
  },
  elb: {
    version: "2012-06-01",
    package: "@aws-sdk/client-elastic-load-balancing",
    namespace: "http://elasticloadbalancing.amazonaws.com/doc/2012-06-01/",
  },
  iam: {
    version: "2010-05-08",
    package: "@aws-sdk/client-iam",
    namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
  },
  sts: {
    version: "2011-06-15",
    package: "@aws-sdk/client-sts",
    namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
  },
} as const;
export type Service = keyof typeof services;

export const serviceNames: readonly Service[] = ["ec2", "elbv2", "elb", "iam", "sts"];

export interface Member {
  readonly name: string;
  readonly schema: unknown;
  readonly traits: Traits;
}

export interface Traits {
  readonly xmlName?: string;
  readonly flattened: boolean;
}

export type Shape =
  | { readonly kind: "struct"; readonly members: readonly Member[] }
  | { readonly kind: "list"; readonly item: unknown; readonly traits: Traits }
  | { readonly kind: "text" }
  | { readonly kind: "time" };

/** Request and answer of an operation; undefined for one the service does not have. */
export function operation(service: Service, action: string) {
  const sdk: Readonly<Record<string, unknown>> = load(services[service].package);
  const schema = /^[A-Z]\w+$/.test(action) ? deref(sdk[`${action}$`]) : undefined;
  if (!Array.isArray(schema) || schema[0] !== OPERATION) return undefined;
  return { input: shapeOf(schema[4]), output: shapeOf(schema[5]) };
}

/**
 * Reads the static schemas inside the SDK's packages, the same that its own parser runs on:
 * `[3, namespace, name, traits, memberNames, memberSchemas]` is a structure, `[1, namespace, name, traits, item]` a list,
 * `64 | n` a list of a simple type, and a member is a schema or `[schema, traits]`.
 */
export function shapeOf(schema: unknown): Shape {
  const found = deref(schema);
  if (typeof found === "number" && (found & LIST_OF_SIMPLE) !== 0) {
    return { kind: "list", item: 0, traits: { flattened: false } };
  }
  if (typeof found === "number" && found >= TIME && found <= LAST_TIME) return { kind: "time" };
  if (!Array.isArray(found)) return { kind: "text" };
  if (found[0] === LIST) {
    const [item, traits] = memberOf(found[4]);
    return { kind: "list", item, traits };
  }
  if (found[0] !== STRUCTURE) return { kind: "text" };
  const names: readonly unknown[] = found[4];
  const schemas: readonly unknown[] = found[5];
  const members = names.map((name, index) => {
    const [member, traits] = memberOf(schemas[index]);
    return { name: String(name), schema: member, traits };
  });
  return { kind: "struct", members };
}

const LIST = 1;
const STRUCTURE = 3;
const TIME = 4;
const LAST_TIME = 7;
const OPERATION = 9;
const LIST_OF_SIMPLE = 64;

function deref(schema: unknown): unknown {
  return typeof schema === "function" ? deref(schema()) : schema;
}

function memberOf(member: unknown): readonly [unknown, Traits] {
  const found = deref(member);
  if (!Array.isArray(found) || (typeof found[0] === "number" && found.length > 2)) {
    return [found, { flattened: false }];
  }
  const traits: unknown = found[1];
  const named = typeof traits === "object" && traits !== null ? traits : {};
  const xmlName =
    "xmlName" in named && typeof named.xmlName === "string" ? named.xmlName : undefined;
  return [
    found[0],
    { ...(xmlName !== undefined && { xmlName }), flattened: "xmlFlattened" in named },
  ];
}
