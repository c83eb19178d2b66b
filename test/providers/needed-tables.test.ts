import { describe, expect, test } from "vitest";
import { sharedPart } from "../../providers/azure/policy/needed-role.ts";
import { matches } from "../../providers/azure/policy/pattern.ts";
import { azurePolicy } from "../../providers/azure/policy/index.ts";
import { gcpPolicy } from "../../providers/gcp/policy/index.ts";
import { ociPolicy } from "../../providers/oci/policy/index.ts";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import type { PolicyEvaluator } from "../../src/permissions/contract.ts";
import { neededOf } from "../../src/permissions/needed.ts";
import { signatures } from "../../src/probe/signatures/index.ts";
import { classify } from "../../src/tools/classify.ts";
import { tokenise } from "../../src/tools/tokens.ts";
import { app, assign, doing, estateOf } from "./azure/identity-case.ts";
import { landOf } from "./gcp-policy/estate.ts";

const evaluators: Readonly<Record<string, PolicyEvaluator>> = {
  aws: awsPolicy,
  azure: azurePolicy,
  gcp: gcpPolicy,
  oci: ociPolicy,
};

function needed(
  evaluator: PolicyEvaluator,
  { identity, estate }: Pick<Parameters<typeof neededOf>[0], "identity" | "estate">,
  product: string,
  ...tools: readonly string[]
) {
  const { needs } = evaluator;
  if (!needs) throw new Error("no needs");
  return neededOf({
    identity,
    report: {
      grants: evaluator.grants(identity, estate),
      limits: evaluator.limits(identity, estate),
    },
    needs,
    estate,
    tools: tools.map((name) => ({
      product,
      words: tokenise(name),
      tool: classify(
        { name, description: "", parameters: [], annotations: {}, schemaSha256: "0" },
        {
          product: { id: product, name: product, basis: "signals", because: "test" },
          useProductTables: true,
        },
      ),
    })),
    unlisted: [],
    others: [],
  });
}

describe.each(Object.entries(evaluators))("the tables of %s", (_, { needs }) => {
  test("name products that have a signature, services that exist, and actions of some kind", () => {
    if (!needs) throw new Error("no needs");
    const known = new Set(signatures.map(({ id }) => id));
    const names = new Set(needs.table.services.map(({ name }) => name));
    for (const [id, { services = [] }] of Object.entries(needs.table.products)) {
      expect(known, id).toContain(id);
      for (const name of services) expect(names, `${id} ${name}`).toContain(name);
    }
    const all = [
      ...Object.values(needs.table.products).flatMap(({ tools = {} }) =>
        Object.values(tools).flat(),
      ),
      ...needs.table.services.flatMap(({ verbs }) => Object.values(verbs).flat()),
      ...Object.values(needs.table.categories).flat(),
    ];
    expect(all.filter((action) => needs.kinds(action).length === 0)).toEqual([]);
  });
});

describe("Azure", () => {
  const world = (...actions: string[]) => {
    const { start, estate } = estateOf({ assignments: [assign(doing(...actions), app)] });
    return { identity: start, estate };
  };

  test("a role holds what an area of the server needs of what is granted, at the same scope", () => {
    const found = needed(azurePolicy, world("*"), "azure-mcp", "storage", "group_list");
    const [role] = found.policies.map(({ document }) => JSON.parse(document));
    expect(role).toMatchObject({
      IsCustom: true,
      AssignableScopes: [app],
      NotActions: [],
    });
    expect(role.Actions).toContain("Microsoft.Storage/*/delete");
    expect(role.Actions.join()).not.toContain("Compute");
    expect(found.unneeded).toContainEqual(
      expect.objectContaining({ family: "compute", whole: true, because: "tools" }),
    );
  });

  test("the read-only role holds only reads", () => {
    const [role] = needed(azurePolicy, world("*"), "azure-mcp", "storage").readOnly.map(
      ({ document }) => JSON.parse(document),
    );
    expect(role.Actions).toEqual(["Microsoft.Storage/*/read"]);
  });

  test.each([
    ["*", "Microsoft.Storage/*/read", ["Microsoft.Storage/*/read"]],
    ["*/read", "Microsoft.Storage/*", ["Microsoft.Storage/*/read"]],
    [
      "Microsoft.Storage/storageAccounts/*",
      "Microsoft.Storage/*/read",
      ["Microsoft.Storage/storageAccounts/*/read"],
    ],
    ["Microsoft.Compute/*", "Microsoft.Storage/*/read", []],
    ["microsoft.storage/a/read", "Microsoft.Storage/*/read", ["microsoft.storage/a/read"]],
    ["Microsoft.*/a/*/read", "Microsoft.Storage/*/read", []],
  ])("%s and %s have %j in common, never more", (a, b, expected) => {
    expect(sharedPart(a, b)).toEqual(expected);
    expect(sharedPart(b, a)).toEqual(expected);
    for (const part of expected) {
      const sample = part.replaceAll("*", "x/y");
      expect(matches(a, sample) && matches(b, sample)).toBe(true);
    }
  });
});

describe("Google Cloud", () => {
  test("a role's families that no tool needs are named with the role", () => {
    const land = landOf({
      bindings: [{ role: "projects/prod/roles/wide" }],
      roles: {
        "projects/prod/roles/wide": [
          "run.services.get",
          "run.services.list",
          "compute.instances.create",
        ],
      },
    });
    const found = needed(gcpPolicy, land, "cloud-run-mcp", "list_services", "get_service");
    expect(found.unneeded).toMatchObject([{ family: "compute", whole: true }]);
    expect(found.missing).toEqual(["run.locations.list"]);
    expect(found.policies).toEqual([]);
  });
});

describe("Oracle Cloud", () => {
  const { needs } = ociPolicy;
  test.each([
    ["manage all-resources", "read object-family", true],
    ["manage object-family", "read buckets", true],
    ["manage instance-family", "read object-family", false],
    ["BUCKET_READ", "read object-family", true],
  ])("%s and %s have something in common: %s", (granted, wanted, expected) => {
    expect(needs?.touches(granted, wanted)).toBe(expected);
  });
});
