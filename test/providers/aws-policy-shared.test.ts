import { expect, test } from "vitest";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { buildEstate } from "../../src/estate.ts";
import type { EstateIndex } from "../../src/model/estate.ts";
import type { Grant, Identity, PolicyDocument } from "../../src/model/identity.ts";
import type { Json } from "../../src/model/json.ts";
import { managedPolicies } from "../../bench/harness/managed-policies.ts";
import { account, allow, deny, inventoryOf, now } from "./aws-estate.ts";

const source = { kind: "rule", id: "test" } as const;

/** Identities that have the same documents and differ in who they are. */
const who: readonly Pick<Identity, "name" | "kind" | "tags">[] = [
  { name: "one", kind: "role", tags: {} },
  { name: "two", kind: "role", tags: { Team: "blue" } },
  { name: "three", kind: "role", tags: { Team: "red", AmazonDataZoneProject: "p" } },
  { name: "four", kind: "role", tags: { team: "blue", Extra: "x" } },
  { name: "one", kind: "user", tags: {} },
  { name: "two", kind: "user", tags: { Team: "blue" } },
];
/** Its tags could not be read. */
const unread = `arn:aws:iam::${account}:role/four`;

/** One of them has its session from the machine that the workload runs on. */
const host = `arn:aws:ec2:eu-west-1:${account}:instance/i-1`;
const machine = {
  host,
  holders: [{ id: host, kind: "ec2", identity: `arn:aws:iam::${account}:role/one` }],
};

function identitiesWith(policies: Identity["policies"]): Identity[] {
  return who.map((one) => ({
    ...one,
    id: `arn:aws:iam::${account}:${one.kind}/${one.name}`,
    provider: "aws",
    scope: account,
    policies,
    source,
  }));
}

function estateWith(documents: readonly PolicyDocument[]): EstateIndex {
  const copies = documents.map((each) => structuredClone(each));
  const tags = new Map([[unread, null]]);
  return buildEstate([{ ...inventoryOf([], copies), paths: { tags, ...machine } }], now);
}

/** Asked one after the other, and each in an estate where nobody asked before. */
function bothWays(documents: readonly PolicyDocument[], policies: Identity["policies"]) {
  const shared = estateWith(documents);
  const identities = identitiesWith(policies);
  const together: (readonly Grant[])[] = identities.map((one) => awsPolicy.grants(one, shared));
  const alone = identities.map((one) => awsPolicy.grants(one, estateWith(documents)));
  return { together, alone };
}

const tagged = "${aws:PrincipalTag/Team}";

test.each<[string, Json]>([
  ["a tag in a resource", allow("s3:GetObject", `arn:aws:s3:::data/${tagged}/*`)],
  [
    "a tag with a default",
    allow("s3:GetObject", "arn:aws:s3:::data/${aws:PrincipalTag/Team, 'all'}/*"),
  ],
  [
    "a tag in a condition",
    allow("ec2:*", "*", { StringEquals: { "aws:PrincipalTag/Team": "blue" } }),
  ],
  ["the lack of a tag", allow("ec2:*", "*", { Null: { "aws:PrincipalTag/Team": "true" } })],
  ["a tag as a value", allow("sqs:*", "*", { StringEquals: { "aws:ResourceTag/Team": tagged } })],
  ["the ARN", allow("sqs:*", "*", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/t*" } })],
  ["the name of a user", allow("s3:*", "arn:aws:s3:::home/${aws:username}/*")],
  ["the id", allow("s3:*", "arn:aws:s3:::home/${aws:userid}/*")],
  [
    "the machine of the session",
    allow("s3:*", "*", { ArnEquals: { "ec2:SourceInstanceARN": host } }),
  ],
  ["the kind", allow("s3:*", "*", { StringEquals: { "aws:PrincipalType": "User" } })],
  ["the account", allow("s3:*", "arn:aws:s3:::logs-${aws:PrincipalAccount}/*")],
  [
    "a deny that asks for a tag",
    deny("s3:*", "*", { StringNotEquals: { "aws:PrincipalTag/Team": "red" } }),
  ],
])("identities that share a policy which asks for %s have each their own answer", (_, body) => {
  const document = { id: "shared", name: "shared", body, source };
  const base = { id: "base", name: "base", body: allow(["s3:*", "sqs:*", "ec2:Stop*"]), source };
  for (const layer of ["grant", "boundary"] as const) {
    const { together, alone } = bothWays(
      [document, base],
      [
        { policy: "base", layer: "grant", via: "it" },
        { policy: "shared", layer, via: "it" },
      ],
    );
    expect(together).toEqual(alone);
  }
});

const asking = (managedPolicies() ?? []).filter(({ body }) => JSON.stringify(body).includes("${"));
const why = asking.length > 0 ? "" : " (skipped: shared/catalogues is missing)";

test.skipIf(asking.length === 0)(
  `AWS's policies with variables answer alike shared or not${why}`,
  () => {
    const boundary = asking.find(({ id }) => id.endsWith("ProjectUserRolePermissionsBoundary"));
    expect(boundary).toBeDefined();
    for (const document of asking.filter((_, at) => at % 4 === 0)) {
      const { together, alone } = bothWays(boundary ? [document, boundary] : [], [
        { policy: document.id, layer: "grant", via: "it" },
        { policy: boundary?.id ?? "", layer: "boundary", via: "it" },
      ]);
      expect(together).toEqual(alone);
    }
  },
);

test("only the role that has its session from the machine carries the machine's ARN", () => {
  const body = allow("s3:*", "*", { ArnEquals: { "ec2:SourceInstanceARN": host } });
  const estate = estateWith([
    { id: "shared", name: "shared", body, source },
    { id: "all", name: "all", body: allow("*"), source },
  ]);
  const [own, other] = identitiesWith([
    { policy: "shared", layer: "grant", via: "it" },
    { policy: "all", layer: "organization", via: "root" },
  ]);
  const verdictOf = (identity: Identity) =>
    awsPolicy.decide(identity, "s3:GetObject", "arn:aws:s3:::data/x", estate).verdict;
  expect([verdictOf(own!), verdictOf(other!)]).toEqual(["yes", "maybe"]);
});
