import type { AdminProbe } from "../../../src/model/policy.ts";

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
/** An identity with a boundary is not asked these; a new one is made without. */
const noBoundary = { "iam:PermissionsBoundary": null };
const docs =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html";

/**
 * Action sets that each make an identity an administrator, now. A role cannot use the actions on users or groups on
 * itself. A self grant stays inside a permissions boundary; a new role does not.
 */
export const adminProbes: readonly AdminProbe[] = [
  {
    id: "role-writes-own-policy",
    because: "the role can write itself an inline policy that allows everything",
    actions: ["iam:PutRolePolicy"],
    resource: "{self}",
    facts: noBoundary,
    appliesTo: ["role"],
    source: docs,
  },
  {
    id: "role-attaches-administrator",
    because: "the role can attach AdministratorAccess to itself",
    actions: ["iam:AttachRolePolicy"],
    resource: "{self}",
    facts: { ...noBoundary, "iam:PolicyARN": administrator },
    appliesTo: ["role"],
    source: docs,
  },
  {
    id: "user-writes-own-policy",
    because: "the user can write itself an inline policy that allows everything",
    actions: ["iam:PutUserPolicy"],
    resource: "{self}",
    facts: noBoundary,
    appliesTo: ["user"],
    source: docs,
  },
  {
    id: "user-attaches-administrator",
    because: "the user can attach AdministratorAccess to itself",
    actions: ["iam:AttachUserPolicy"],
    resource: "{self}",
    facts: { ...noBoundary, "iam:PolicyARN": administrator },
    appliesTo: ["user"],
    source: docs,
  },
  {
    id: "creates-administrator-role",
    because:
      "it can create a role without a boundary that trusts it and allow that role everything",
    actions: ["iam:CreateRole", "iam:PutRolePolicy"],
    resource: "*",
    facts: noBoundary,
    appliesTo: ["role", "user"],
    source: docs,
  },
  {
    id: "creates-role-and-attaches-administrator",
    because:
      "it can create a role without a boundary that trusts it and attach AdministratorAccess",
    actions: ["iam:CreateRole", "iam:AttachRolePolicy"],
    resource: "*",
    facts: { ...noBoundary, "iam:PolicyARN": administrator },
    appliesTo: ["role", "user"],
    source: docs,
  },
];
