import type { RemediationStep } from "../../model/finding.ts";
import type { WorkloadContext } from "../rule.ts";
import { inOwnTools, type OwnTools } from "./own-tools.ts";
import { hcl, quote } from "./quote.ts";

interface Idle {
  readonly id: string;
  readonly name: string;
  readonly region: string;
}

const release: OwnTools<Idle> = {
  aws: ({ id, region }) => ({
    cli: `aws ec2 describe-addresses --region ${quote(region)} --filters Name=instance-id,Values=${quote(id)} --query 'Addresses[].[AssociationId,AllocationId]' --output text | while read -r association allocation; do aws ec2 disassociate-address --region ${quote(region)} --association-id "$association" && aws ec2 release-address --region ${quote(region)} --allocation-id "$allocation"; done`,
    iac: `remove aws_eip and aws_lb_target_group_attachment of ${hcl(id)}, or the aws_instance itself`,
  }),
  azure: ({ id, name }) => ({
    cli: `az network nic ip-config update --nic-name "$NIC" --name "$IP_CONFIG" --resource-group "$RESOURCE_GROUP" --public-ip-address "" # of ${quote(id)}`,
    iac: `azurerm_network_interface of ${hcl(name)}: ip_configuration without public_ip_address_id`,
  }),
  gcp: ({ name, region }) => ({
    cli: `gcloud compute instances delete-access-config ${quote(name)} --zone "$ZONE" --access-config-name "$ACCESS_CONFIG" # in ${quote(region)}`,
    iac: `google_compute_instance ${hcl(name)}: network_interface without access_config`,
  }),
  oci: ({ id, region }) => ({
    cli: `oci network public-ip delete --region ${quote(region)} --public-ip-id "$PUBLIC_IP_ID" # of ${quote(id)}`,
    iac: `oci_core_instance for ${hcl(id)}: create_vnic_details { assign_public_ip = false }`,
  }),
};

/** What answers nobody needs no door. */
export function takeDoorAway({
  provider,
  workload,
  exposures,
}: WorkloadContext): RemediationStep[] {
  const { id, name } = workload;
  return [
    {
      kind: "design",
      text: `Decide whether ${name} is still needed. If not, delete it with its address, its listener and the rules that admit its clients.`,
    },
    ...inOwnTools(release, provider, { id, name, region: exposures[0]?.region ?? "" }),
  ];
}
