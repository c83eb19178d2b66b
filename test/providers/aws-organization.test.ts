import { describe, expect, test } from "vitest";
import { climbing, organizationCalls } from "../../providers/aws/calls-organizations.ts";
import { withPaths } from "../../providers/aws/identity-paths.ts";
import { identities } from "../../providers/aws/identity.ts";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { buildEstate } from "../../src/estate.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Gap, Page, Snapshot } from "../../src/model/snapshot.ts";
import { judge } from "../../src/permissions/power.ts";
import { account, allow, deny, now } from "./aws-estate.ts";

const role = `arn:aws:iam::${account}:role/me`;
const page = (call: string, body: Json, params: JsonObject = {}): Page => ({
  call,
  region: "global",
  params,
  page: 0,
  at: now,
  sha256: "0",
  body,
});
const org = (call: string, body: Json, params?: JsonObject): Page =>
  page(`organizations:${call}`, body, params);

const details = (arn = role): Page =>
  page("iam:GetAccountAuthorizationDetails", {
    RoleDetailList: [
      {
        Arn: arn,
        RoleName: "me",
        AssumeRolePolicyDocument: {},
        RolePolicyList: [{ PolicyName: "own", PolicyDocument: allow("*") }],
      },
    ],
  });
const described = (manager = "999999999999", FeatureSet = "ALL"): Page =>
  org("DescribeOrganization", {
    Organization: { Id: "o-1", MasterAccountId: manager, FeatureSet },
  });
const parents: readonly Page[] = [
  org(
    "ListParents",
    { Parents: [{ Id: "ou-1", Type: "ORGANIZATIONAL_UNIT" }] },
    { ChildId: account },
  ),
  {
    ...org("ListParents", { Parents: [{ Id: "r-1", Type: "ROOT" }] }, { ChildId: account }),
    page: 1,
  },
];
const list = (TargetId: string, kind: string, ...ids: string[]): Page =>
  org(
    "ListPoliciesForTarget",
    { Policies: ids.map((Id) => ({ Id })) },
    { TargetId, Filter: `${kind}_CONTROL_POLICY` },
  );
const policy = (Id: string, content: Json): Page =>
  org(
    "DescribePolicy",
    { Policy: { PolicySummary: { Id, Name: Id }, Content: JSON.stringify(content) } },
    { PolicyId: Id },
  );
const full = policy("p-FullAWSAccess", allow("*"));
const lists = (ou: readonly string[]): Page[] => [
  ...[account, "r-1"].flatMap((one) => [
    list(one, "SERVICE", "p-FullAWSAccess"),
    list(one, "RESOURCE"),
  ]),
  list("ou-1", "SERVICE", ...ou),
  list("ou-1", "RESOURCE"),
];
const gap = (call: string, params?: JsonObject): Gap => ({
  call: `organizations:${call}`,
  scope: account,
  reason: "denied",
  detail: "",
  affects: ["limits"],
  ...(params && { params }),
});

function reported(pages: readonly Page[], gaps: readonly Gap[] = [], id = role) {
  const snapshot: Snapshot = {
    provider: "aws",
    scope: { provider: "aws", id: account, regions: [] },
    pages: [details(id), ...pages],
    gaps,
  };
  const found = withPaths(identities(snapshot), snapshot, []);
  const estate = buildEstate([{ provider: "aws", scope: account, ...found, gaps }], now);
  const { power, verdict } = judge(estate.identities.get(id)!, [], awsPolicy, estate);
  return { said: `${power} ${verdict}`, paths: found.paths };
}

describe("policies of the organisation", () => {
  test.each<[string, readonly Page[], readonly Gap[], string]>([
    ["were not asked for", [], [], "admin maybe"],
    ["may not be read", [described()], [gap("ListParents")], "admin maybe"],
    ["do not exist without one", [org("DescribeOrganization", {})], [], "admin yes"],
    ["do not bind its management account", [described(account)], [], "admin yes"],
    ["do not exist where it only bills", [described("9", "CONSOLIDATED_BILLING")], [], "admin yes"],
    [
      "admit everything",
      [described(), ...parents, ...lists(["p-FullAWSAccess"]), full],
      [],
      "admin yes",
    ],
    ["are not enabled", [described(), ...parents, ...lists([]), full], [], "admin yes"],
    [
      "deny all of IAM in the unit",
      [
        described(),
        ...parents,
        ...lists(["p-FullAWSAccess", "p-no"]),
        full,
        policy("p-no", deny("*")),
      ],
      [],
      "none yes",
    ],
    [
      "admit only reading in the unit",
      [
        described(),
        ...parents,
        ...lists(["p-some"]),
        full,
        policy("p-some", allow("ec2:Describe*")),
      ],
      [],
      "reads yes",
    ],
    [
      "have a document that was not read",
      [described(), ...parents, ...lists(["p-FullAWSAccess", "p-gone"]), full],
      [],
      "admin maybe",
    ],
    [
      "break off below the root",
      [described(), ...parents.slice(0, 1), ...lists(["p-FullAWSAccess"]), full],
      [],
      "admin maybe",
    ],
    [
      "were not listed for one level",
      [
        described(),
        ...parents,
        ...lists(["p-FullAWSAccess"]).filter(({ params }) => params["TargetId"] !== "r-1"),
        full,
      ],
      [],
      "admin maybe",
    ],
    [
      "were cut short for one level",
      [described(), ...parents, ...lists(["p-FullAWSAccess"]), full],
      [gap("ListPoliciesForTarget", { TargetId: "r-1", Filter: "SERVICE_CONTROL_POLICY" })],
      "admin maybe",
    ],
  ])("%s", (_, pages, gaps, said) => {
    expect(reported(pages, gaps).said).toBe(said);
  });

  test("do not bind the role of a service", () => {
    const own = `arn:aws:iam::${account}:role/aws-service-role/x.amazonaws.com/me`;
    const pages = [described(), ...parents, ...lists(["p-no"]), full, policy("p-no", deny("*"))];
    expect(reported(pages, [], own).said).toBe("admin yes");
  });

  test("on resources are kept apart, and the organisation is part of every request", () => {
    const pages = [
      described(),
      ...parents,
      ...lists(["p-FullAWSAccess"]).filter(
        ({ params }) =>
          params["TargetId"] !== account || params["Filter"] === "SERVICE_CONTROL_POLICY",
      ),
      list(account, "RESOURCE", "p-rcp"),
      full,
      policy("p-rcp", deny("s3:*")),
    ];
    const { paths, said } = reported(pages);
    expect(paths.resourceDenies).toEqual(["p-rcp"]);
    expect(paths.request).toEqual({ "aws:PrincipalOrgID": "o-1" });
    expect(said).toBe("admin yes");
  });
});

describe("questions to the organisation", () => {
  const asked = (pages: readonly Page[]) => {
    const all = [page("sts:GetCallerIdentity", { Account: account }), ...pages];
    const recorded = {
      bodies: (call: string) => all.filter((one) => one.call === call).map(({ body }) => body),
    };
    return organizationCalls.map(({ action, params, skip }) =>
      skip?.(recorded) === undefined ? `${action} ${params?.(recorded).length ?? 1}` : "-",
    );
  };

  test("are for everything above the account, and each policy once", () => {
    expect(asked([described()])).toEqual([
      "DescribeOrganization 1",
      "ListParents 1",
      "ListPoliciesForTarget 0",
      "DescribePolicy 0",
    ]);
    expect(asked([described(), ...parents])[2]).toBe("ListPoliciesForTarget 6");
    expect(asked([described(), ...parents, ...lists(["p-a", "p-b"])]).at(-1)).toBe(
      "DescribePolicy 3",
    );
  });

  test("climb from unit to unit up to the root", async () => {
    const children: Json[] = [];
    const call = climbing({
      operation: "organizations:ListParents",
      permissions: [],
      where: "scope",
      family: "organizations",
      affects: [],
      fetch: async (_, { params }) => {
        children.push(params["ChildId"] ?? null);
        return { body: parents[params["ChildId"] === account ? 0 : 1]!.body };
      },
    });
    const ask = async (token?: string) =>
      call.fetch(
        { homeRegion: async () => "", send: async () => ({ $metadata: {} }) },
        {
          region: "global",
          params: { ChildId: account },
          token,
          signal: AbortSignal.timeout(1000),
        },
      );
    const first = await ask();
    expect((await ask(first.next)).next).toBeUndefined();
    expect(children).toEqual([account, "ou-1"]);
  });

  test.each<[string, readonly Page[]]>([
    ["no organisation", [org("DescribeOrganization", {})]],
    ["the management account", [described(account)]],
  ])("end at once for %s", (_, pages) => {
    expect(
      asked(pages)
        .slice(1)
        .every((one) => one === "-"),
    ).toBe(true);
  });
});
