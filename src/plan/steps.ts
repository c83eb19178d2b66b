import type { RemediationStep } from "../model/finding.ts";
import type { Cut } from "../model/plan.ts";
import { inOwnTools, type OwnTools } from "../rules/remedies/own-tools.ts";
import { closeRule } from "../rules/remedies/network.ts";
import { signInFront } from "../rules/remedies/sign-in.ts";
import { hcl, quote } from "../rules/remedies/quote.ts";

/** The change in the provider's own tools. */
export function stepsFor(cut: Cut): RemediationStep[] {
  const { kind, provider, target, about, region, scope } = cut;
  if (kind === "rule") {
    const [holder = about.holder ?? target, rule = target] = target.includes("#")
      ? target.split("#")
      : [about.holder ?? target, target];
    return inOwnTools(closeRule, provider, { holder, rule, port: about.port ?? 0, region, scope });
  }
  if (kind === "authentication") return inOwnTools(signInFront, provider, about.workloadName);
  return inOwnTools(others[kind], provider, cut);
}

const others: Readonly<Record<"identity" | "listener" | "address", OwnTools<Cut>>> = {
  identity: {
    aws: ({ about }) => ({
      cli: `aws ec2 disassociate-iam-instance-profile --association-id "$ASSOCIATION_ID" # of ${quote(about.workload)}`,
      iac: `aws_instance ${hcl(about.workloadName)}: iam_instance_profile = null`,
    }),
    azure: ({ about, target }) => ({
      cli: `az vm identity remove --ids ${quote(about.workload)} --identities ${quote(target)}`,
      iac: `azurerm_linux_virtual_machine ${hcl(about.workloadName)}: no identity block`,
    }),
    gcp: ({ about }) => ({
      cli: `gcloud compute instances set-service-account ${quote(about.workloadName)} --no-service-account --no-scopes`,
      iac: `google_compute_instance ${hcl(about.workloadName)}: no service_account block`,
    }),
    oci: ({ about }) => ({
      cli: `oci iam dynamic-group update --dynamic-group-id "$DYNAMIC_GROUP_ID" --matching-rule "$RULE" # that no longer matches ${quote(about.workload)}`,
      iac: `oci_identity_dynamic_group: matching_rule without ${about.workload}`,
    }),
  },
  listener: {
    aws: ({ target }) => ({
      cli: `aws elbv2 delete-listener --listener-arn ${quote(target)}`,
      iac: `aws_lb_listener for ${hcl(target)}: removed`,
    }),
    azure: ({ target }) => ({
      cli: `az resource show --ids ${quote(target)} # then remove this listener or rule from its gateway`,
      iac: `the listener block ${hcl(target)}: removed`,
    }),
    gcp: ({ target }) => ({
      cli: `gcloud compute forwarding-rules delete ${quote(target)}`,
      iac: `google_compute_forwarding_rule ${hcl(target)}: removed`,
    }),
    oci: ({ target }) => ({
      cli: `oci lb listener delete --load-balancer-id "$LOAD_BALANCER_ID" --listener-name ${quote(target)}`,
      iac: `oci_load_balancer_listener ${hcl(target)}: removed`,
    }),
  },
  address: {
    aws: ({ target }) => ({
      cli: `aws ec2 disassociate-address --public-ip ${quote(target)}`,
      iac: `aws_eip_association of ${target}: removed, or associate_public_ip_address = false`,
    }),
    azure: ({ target, about }) => ({
      cli: `az network nic ip-config update --nic-name "$NIC" --name "$IP_CONFIG" --resource-group "$RESOURCE_GROUP" --remove publicIPAddress # ${quote(target)} of ${quote(about.workloadName)}`,
      iac: `azurerm_network_interface of ${hcl(about.workloadName)}: no public_ip_address_id`,
    }),
    gcp: ({ about, target }) => ({
      cli: `gcloud compute instances delete-access-config ${quote(about.workloadName)} # ${quote(target)}`,
      iac: `google_compute_instance ${hcl(about.workloadName)}: network_interface without access_config`,
    }),
    oci: ({ target }) => ({
      cli: `oci network public-ip get --public-ip-address ${quote(target)} # then oci network public-ip update --private-ip-id ""`,
      iac: `oci_core_instance: create_vnic_details { assign_public_ip = false } in place of ${target}`,
    }),
  },
};
