import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Recorded } from "../call.ts";
import { idsOf, isObject, itemsOf } from "./calls-params.ts";
import type { CallRow } from "./calls-row.ts";

const affects = ["limits"] as const;
/** An account that is in no organisation is an answer. */
const absent = ["AWSOrganizationsNotInUseException"];

/** Roots hold organisational units at most five deep. */
const maxDepth = 6;

/**
 * Policies of the organisation that bear on the account. Any member may describe its organisation; the rest only the
 * management account or a delegated administrator may ask.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html
 */
export const organizationCalls: readonly CallRow[] = [
  { action: "DescribeOrganization", affects, absent },
  ...Array.from({ length: maxDepth }, (_, depth): CallRow => ({
    action: "ListParents",
    affects,
    absent,
    skip: unbound,
    params: (recorded) => childAt(depth, recorded),
  })),
  {
    action: "ListPoliciesForTarget",
    affects,
    absent,
    pageSize: 20,
    skip: unbound,
    params: (recorded) =>
      targetsOf(recorded).flatMap((TargetId) =>
        ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"].map((Filter) => ({
          TargetId,
          Filter,
        })),
      ),
  },
  {
    action: "DescribePolicy",
    affects,
    skip: unbound,
    params: (recorded) => [
      ...new Map(
        idsOf(recorded, "organizations:ListPoliciesForTarget", "Policies", "Id", "PolicyId").map(
          (params) => [params["PolicyId"], params],
        ),
      ).values(),
    ],
  },
];

/** No policy of an organisation binds the account. */
function unbound(recorded: Recorded): string | undefined {
  const [body] = recorded.bodies("organizations:DescribeOrganization");
  if (body === undefined) return undefined;
  const organization = isObject(body) ? body["Organization"] : undefined;
  if (organization === undefined) return "the account is in no organization";
  const manager = isObject(organization) ? organization["MasterAccountId"] : undefined;
  return manager !== undefined && manager === accountOf(recorded)
    ? "policies of an organization do not bind its management account"
    : undefined;
}

/** The account, then the unit above it, and so on; the next one once the one below was answered. */
function childAt(depth: number, recorded: Recorded): readonly JsonObject[] {
  const account = accountOf(recorded);
  if (depth === 0) return typeof account === "string" ? [{ ChildId: account }] : [];
  const parents = parentsOf(recorded);
  const last = parents.at(-1);
  const unit = last?.["Type"] === "ORGANIZATIONAL_UNIT" ? last["Id"] : undefined;
  return parents.length === depth && typeof unit === "string" ? [{ ChildId: unit }] : [];
}

function targetsOf(recorded: Recorded): string[] {
  const parents = parentsOf(recorded);
  if (parents.length === 0) return [];
  return [accountOf(recorded), ...parents.map(({ Id }) => Id)].flatMap((id) =>
    typeof id === "string" ? [id] : [],
  );
}

function parentsOf(recorded: Recorded): readonly JsonObject[] {
  return itemsOf(recorded, "organizations:ListParents", "Parents");
}

function accountOf(recorded: Recorded): Json | undefined {
  const [body] = recorded.bodies("sts:GetCallerIdentity");
  return body !== undefined && isObject(body) ? body["Account"] : undefined;
}
