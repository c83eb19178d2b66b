import type { RemediationStep } from "../../model/finding.ts";
import type { Origin } from "../../model/provider.ts";
import { inOwnTools, type OwnTools } from "./own-tools.ts";
import { hcl, quote } from "./quote.ts";

interface Sharing {
  readonly identity: string;
  /** The server that gets an identity of its own. */
  readonly workload: { readonly id: string; readonly name: string };
}

const separate: OwnTools<Sharing> = {
  aws: ({ workload }) => ({
    cli: `aws iam create-role --role-name ${quote(`mcp-${workload.name}`)} --assume-role-policy-document file://trust.json && aws ec2 replace-iam-instance-profile-association --association-id "$ASSOCIATION_ID" --iam-instance-profile Name=${quote(`mcp-${workload.name}`)} # of ${quote(workload.id)}`,
    iac: `aws_iam_role and aws_iam_instance_profile ${hcl(`mcp-${workload.name}`)}, named by this workload alone`,
  }),
  azure: ({ workload }) => ({
    cli: `az identity create --name ${quote(`mcp-${workload.name}`)} --resource-group "$RESOURCE_GROUP" # then assign it to ${quote(workload.id)} alone`,
    iac: `azurerm_user_assigned_identity ${hcl(`mcp-${workload.name}`)}, in the identity block of this workload alone`,
  }),
  gcp: ({ workload }) => ({
    cli: `gcloud iam service-accounts create ${quote(`mcp-${workload.name}`)} # then run ${quote(workload.id)} alone as it`,
    iac: `google_service_account ${hcl(`mcp-${workload.name}`)}, named by this workload alone`,
  }),
  oci: ({ workload }) => ({
    cli: `oci iam dynamic-group create --name ${quote(`mcp-${workload.name}`)} --description "One MCP server" --matching-rule ${quote(`instance.id = '${workload.id}'`)}`,
    iac: `oci_identity_dynamic_group ${hcl(`mcp-${workload.name}`)}: matching_rule = ${hcl(`instance.id = '${workload.id}'`)}`,
  }),
};

/** One identity a workload, so that its rights can shrink and its calls be told from those of others. */
export function ownIdentity(origin: Origin, sharing: Sharing): RemediationStep[] {
  const { identity, workload } = sharing;
  return [
    {
      kind: "design",
      text: `Give ${workload.name} an identity of its own in place of ${identity}, with only what its tools need.`,
    },
    ...inOwnTools(separate, origin, sharing),
  ];
}
