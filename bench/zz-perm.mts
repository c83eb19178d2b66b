import process from "node:process";
import { catalogue } from "../providers/aws/policy/actions.ts";
import { awsPolicy } from "../providers/aws/policy/index.ts";
import { buildEstate } from "../src/estate.ts";
import type { EstateIndex } from "../src/model/estate.ts";
import type { Identity, PolicyDocument } from "../src/model/identity.ts";
import type { Inventory } from "../src/model/inventory.ts";
import type { Json } from "../src/model/json.ts";
import { judge } from "../src/permissions/power.ts";
import { managedPolicies } from "./harness/managed-policies.ts";
import { compareWithNaive } from "./harness/naive-actions.ts";
import { summary, type Measurement } from "./harness/row.ts";

const roles = 5_000;
const many = 50_000;
/** Documents that they share. */
const sharedDocuments = 2_000;
const samples = 5;
const account = "111122223333";
const source = { kind: "rule", id: "bench" } as const;

/** What judging identities costs: every role over every AWS action. */
export async function rows(): Promise<readonly Measurement[]> {
  const loaded = cpu(() => {
    catalogue();
  });
  // Before anything has been looked up: afterwards every answer is remembered.
  const compared = naiveRows();
  const judged = Array.from({ length: samples }, () => {
    const { identities, estate } = world();
    return judging(identities, estate);
  });
  const judgedMany = Array.from({ length: samples }, () => {
    const { identities, estate } = sharing();
    return judging(identities, estate);
  });
  return [
    {
      name: "read the action catalogue",
      unit: "CPU s",
      limit: 1,
      better: "lower",
      ...summary([loaded]),
    },
    { name: `judge ${roles} roles`, unit: "CPU s", limit: 1, better: "lower", ...summary(judged) },
    {
      name: `judge ${many} roles that share ${sharedDocuments} documents`,
      unit: "CPU s",
      limit: 5,
      better: "lower",
      ...summary(judgedMany),
    },
    ...compared,
    managedRow(),
  ];
}

/** Patterns of some of the roles, each with the numbers of its own that make it distinct. */
function naiveRows(): readonly Measurement[] {
  const documents = Array.from({ length: 200 }, (_, index) =>
    document(`naive-${index}`, statements(index)),
  );
  const { ratio, different } = compareWithNaive(documents);
  const once = { n: 1, spread: 0 } as const;
  return [
    {
      name: "a pattern test of every action, as a multiple",
      unit: "x",
      limit: 100,
      better: "higher",
      value: ratio,
      ...once,
    },
    {
      name: "patterns that it answers otherwise",
      unit: "patterns",
      limit: 0,
      better: "lower",
      value: different,
      ...once,
    },
  ];
}

function managedRow(): Measurement {
  const row = {
    name: "judge AWS's 1,515 managed policies",
    unit: "CPU s",
    limit: 2,
    better: "lower",
  } as const;
  const documents = managedPolicies();
  if (!documents)
    return { ...row, value: 0, n: 0, spread: 0, skipped: "shared/catalogues is not there" };
  const identities = documents.map(({ id }, index): Identity => ({
    id: `arn:aws:iam::${account}:role/managed-${index}`,
    provider: "aws",
    scope: account,
    kind: "role",
    name: `managed-${index}`,
    tags: {},
    policies: [{ policy: id, layer: "grant", via: id }],
    source,
  }));
  // Of the policies alone: an estate in which every one of them is held would search for ways between their holders.
  const inventory = { provider: "aws", scope: account, identities: [], gaps: [] } as const;
  const times = Array.from({ length: samples }, () => {
    const copies = documents.map((each): PolicyDocument => structuredClone(each));
    return judging(
      identities,
      buildEstate([{ ...inventory, policies: copies }], "2026-11-22T00:00:00Z"),
    );
  });
  return { ...row, ...summary(times) };
}

export function judging(identities: readonly Identity[], estate: EstateIndex): number {
  return cpu(() => {
    for (const identity of identities) judge(identity, [], awsPolicy, estate);
  });
}

function cpu(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

const services = [
  "s3",
  "dynamodb",
  "sqs",
  "logs",
  "lambda",
  "ec2",
  "secretsmanager",
  "kms",
  "ecs",
  "rds",
];

/** Each role has its own inline policy and shares managed ones; one in ten has a boundary, one in five a deny. */
export function world(): { identities: readonly Identity[]; estate: EstateIndex } {
  const policies: PolicyDocument[] = [
    document("managed/reader", [
      allow(
        services.map((service) => `${service}:List*`),
        "*",
      ),
    ]),
    document("managed/writer", [allow(["ec2:*", "s3:Put*", "logs:*"], "*")]),
    document("managed/boundary", [
      allow(
        services.map((service) => `${service}:*`),
        "*",
      ),
    ]),
  ];
  const identities = Array.from({ length: roles }, (_, index): Identity => {
    const id = `arn:aws:iam::${account}:role/role-${index}`;
    const inline = document(`${id}#inline/own`, statements(index));
    policies.push(inline, trust(id));
    const shared = index % 3 === 0 ? "managed/writer" : "managed/reader";
    return {
      id,
      provider: "aws",
      scope: account,
      kind: "role",
      name: `role-${index}`,
      tags: { team: `team-${index % 50}` },
      policies: [
        { policy: inline.id, layer: "grant", via: id },
        { policy: shared, layer: "grant", via: id },
        { policy: `${id}#trust`, layer: "trust", via: id },
        ...(index % 10 === 0
          ? [{ policy: "managed/boundary", layer: "boundary" as const, via: id }]
          : []),
      ],
      source,
    };
  });
  const inventory: Pick<Inventory, "provider" | "scope" | "identities" | "policies" | "gaps"> = {
    provider: "aws",
    scope: account,
    identities,
    policies,
    gaps: [],
  };
  return { identities, estate: buildEstate([inventory], "2026-11-22T00:00:00Z") };
}

/** Each role has one document of its team's and one that all have; one in ten has a boundary. */
export function sharing(): { identities: readonly Identity[]; estate: EstateIndex } {
  const all = world();
  const { policies } = all.estate;
  const teams = Array.from({ length: sharedDocuments }, (_, index) =>
    document(`arn:aws:iam::${account}:policy/team-${index}`, statements(index)),
  );
  const identities = Array.from({ length: many }, (_, index): Identity => {
    const id = `arn:aws:iam::${account}:role/role-${index}`;
    const team = teams[index % sharedDocuments]?.id ?? "";
    return {
      id,
      provider: "aws",
      scope: account,
      kind: "role",
      name: `role-${index}`,
      tags: { team: `team-${index % 50}` },
      policies: [
        { policy: team, layer: "grant", via: id },
        { policy: "managed/reader", layer: "grant", via: id },
        { policy: `arn:aws:iam::${account}:role/role-0#trust`, layer: "trust", via: id },
        ...(index % 10 === 0
          ? [{ policy: "managed/boundary", layer: "boundary" as const, via: id }]
          : []),
      ],
      source,
    };
  });
  const inventory = {
    provider: "aws",
    scope: account,
    identities,
    policies: [...policies.values(), ...teams],
    gaps: [],
  } as const;
  return { identities, estate: buildEstate([inventory], "2026-11-22T00:00:00Z") };
}

function statements(index: number): Json[] {
  const service = (offset: number): string => services[(index + offset) % services.length] ?? "s3";
  return [
    allow([`${service(0)}:Get*`, `${service(0)}:Describe*`, `${service(1)}:*`], "*"),
    allow(
      [`${service(2)}:Put*`, `${service(2)}:Create*`, `${service(3)}:*Item`],
      `arn:aws:${service(2)}:*:${account}:app-${index}/*`,
    ),
    {
      ...allow([`${service(4)}:*`], "*"),
      Condition: { StringEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } },
    },
    ...(index % 5 === 0
      ? [{ Effect: "Deny", Action: [`${service(1)}:Delete*`], Resource: "*" }]
      : []),
  ];
}

function trust(id: string): PolicyDocument {
  return document(`${id}#trust`, [
    {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { Service: "ec2.amazonaws.com", AWS: `arn:aws:iam::${account}:root` },
    },
  ]);
}

function allow(actions: readonly string[], resource: string) {
  return { Effect: "Allow", Action: actions, Resource: resource };
}

function document(id: string, list: readonly Json[]): PolicyDocument {
  return { id, name: id, body: { Version: "2012-10-17", Statement: list }, source };
}
