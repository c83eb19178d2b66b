import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Call, Recorded } from "../call.ts";
import { idsOf, isObject, itemsOf } from "./calls-params.ts";
import type { CallRow } from "./calls-row.ts";
import type { AwsClients } from "./connect.ts";

const parentsCall = "organizations:ListParents";
const affects = ["limits"] as const;
/** An account that is in no organisation is an answer. */
const absent = ["AWSOrganizationsNotInUseException"];

/**
 * Policies of the organisation that bear on the account. Any member may describe its organisation; the rest only the
 * management account or a delegated administrator may ask.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html
 */
export const organizationCalls: readonly CallRow[] = [
  { action: "DescribeOrganization", affects, absent },
  {
    action: "ListParents",
    affects,
    absent,
    skip: unbound,
    params: (recorded) => {
      const account = accountOf(recorded);
      return typeof account === "string" ? [{ ChildId: account }] : [];
    },
  },
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

/** A list of all that is above the account: each answer names the unit to ask about next, up to the root. */
export function climbing(call: Call<AwsClients>): Call<AwsClients> {
  if (call.operation !== parentsCall) return call;
  return {
    ...call,
    fetch: async (clients, { token, ...request }) => {
      const params = token === undefined ? request.params : { ChildId: token };
      const page = await call.fetch(clients, { ...request, params, token: undefined });
      const next = unitIn(page.body);
      return { ...page, ...(next !== undefined && { next }) };
    },
  };
}

function unitIn(body: unknown): string | undefined {
  const parents: unknown = typeof body === "object" && body ? Reflect.get(body, "Parents") : [];
  const [parent]: readonly unknown[] = Array.isArray(parents) ? parents : [];
  if (typeof parent !== "object" || !parent) return undefined;
  const id: unknown = Reflect.get(parent, "Id");
  const unit = Reflect.get(parent, "Type") === "ORGANIZATIONAL_UNIT";
  return unit && typeof id === "string" ? id : undefined;
}

function targetsOf(recorded: Recorded): string[] {
  const parents = parentsOf(recorded);
  if (parents.length === 0) return [];
  return [accountOf(recorded), ...parents.map(({ Id }) => Id)].flatMap((id) =>
    typeof id === "string" ? [id] : [],
  );
}

function parentsOf(recorded: Recorded): readonly JsonObject[] {
  return itemsOf(recorded, parentsCall, "Parents");
}

function accountOf(recorded: Recorded): Json | undefined {
  const [body] = recorded.bodies("sts:GetCallerIdentity");
  return body !== undefined && isObject(body) ? body["Account"] : undefined;
}
