import type { EscalationRule } from "../../../src/model/identity.ts";

/** What a rule does with its target. */
export type Effect =
  | "grant-self"
  | "join"
  | "become-user"
  | "run-command"
  | "launch"
  | "function"
  | "update-function"
  | "retag";

export interface OciRule extends EscalationRule {
  readonly effect: Effect;
}

const docs = "https://docs.oracle.com/en-us/iaas/Content";

export const escalations: readonly OciRule[] = [
  {
    id: "oci-create-policy",
    title: "writes a policy that gives it everything in a compartment",
    effect: "grant-self",
    actions: ["POLICY_CREATE"],
    source: `${docs}/Identity/Reference/iampolicyreference.htm`,
  },
  {
    id: "oci-update-policy",
    title: "adds a statement for itself to a policy of a compartment",
    effect: "grant-self",
    actions: ["POLICY_UPDATE"],
    source: `${docs}/Identity/Reference/iampolicyreference.htm`,
  },
  {
    id: "oci-update-dynamic-group",
    title: "rewrites the rule of a dynamic group so that it holds itself",
    effect: "join",
    actions: ["DYNAMIC_GROUP_UPDATE"],
    source: `${docs}/Identity/dynamicgroups/managingdynamicgroups.htm`,
  },
  {
    id: "oci-add-user-to-group",
    title: "gives a user an API key of its own and adds it to a group",
    effect: "become-user",
    actions: ["USER_APIKEY_ADD", "USER_UPDATE", "GROUP_UPDATE"],
    source: `${docs}/Identity/Reference/iampolicyreference.htm`,
  },
  {
    id: "oci-run-command",
    title: "runs a command on an instance through its agent",
    effect: "run-command",
    actions: ["INSTANCE_AGENT_COMMAND_CREATE"],
    source: `${docs}/Compute/Tasks/runningcommands.htm`,
  },
  {
    id: "oci-launch-instance",
    title: "launches an instance where a dynamic group takes it in",
    effect: "launch",
    actions: [
      "INSTANCE_CREATE",
      "INSTANCE_IMAGE_READ",
      "VNIC_CREATE",
      "VNIC_ATTACH",
      "SUBNET_ATTACH",
    ],
    source: `${docs}/Identity/Reference/corepolicyreference.htm`,
  },
  {
    id: "oci-create-function",
    title: "creates a function where a dynamic group takes it in, and invokes it",
    effect: "function",
    actions: ["FN_APP_CREATE", "FN_FUNCTION_CREATE", "FN_INVOCATION", "SUBNET_ATTACH"],
    source: `${docs}/Functions/Tasks/functionsaccessingociresources.htm`,
  },
  {
    id: "oci-update-function",
    title: "puts another image in a function and invokes it",
    effect: "update-function",
    actions: ["FN_FUNCTION_UPDATE", "FN_INVOCATION"],
    source: `${docs}/Identity/Reference/functionspolicyreference.htm`,
  },
  {
    id: "oci-tag-self",
    title: "gives itself the tag by which a dynamic group takes it in",
    effect: "retag",
    actions: ["INSTANCE_UPDATE", "TAG_NAMESPACE_USE"],
    source: `${docs}/Tagging/Tasks/managingtagsandtagnamespaces.htm`,
  },
];
