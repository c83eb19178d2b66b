import type { Exposure, Hop } from "../../model/exposure.ts";
import type { RemediationStep } from "../../model/finding.ts";
import type { WorkloadContext } from "../rule.ts";
import { inOwnTools, type OwnTools } from "./own-tools.ts";
import { hcl, quote } from "./quote.ts";

export interface Gate {
  /** The object that holds the rule. */
  readonly holder: string;
  readonly rule: string;
  readonly port: number;
  readonly region: string;
  readonly scope: string;
}

// DescribeSecurityGroups gives no rule ids, and what opens a port may be several rules (0.0.0.0/1 with 128.0.0.0/1,
// a range, a prefix list): a guessed --cidr would revoke nothing. So the command lists them first.
/** Closing the one rule that lets the internet in, in each provider's own tools. */
export const closeRule: OwnTools<Gate> = {
  aws: ({ holder, rule, port, region }) => ({
    cli: rule.startsWith("sgr-")
      ? `aws ec2 revoke-security-group-ingress --region ${quote(region)} --group-id ${quote(holder)} --security-group-rule-ids ${quote(rule)}`
      : `aws ec2 describe-security-group-rules --region ${quote(region)} --filters Name=group-id,Values=${quote(holder)} --query 'SecurityGroupRules[?!IsEgress]'; aws ec2 revoke-security-group-ingress --region ${quote(region)} --group-id ${quote(holder)} --security-group-rule-ids "$RULE_IDS" # every rule listed that admits port ${port} from the internet`,
    iac: `resource "aws_vpc_security_group_ingress_rule" "mcp" { security_group_id = ${hcl(holder)}, ip_protocol = "tcp", from_port = ${port}, to_port = ${port}, cidr_ipv4 = var.client_cidr } # replaces ${rule}`,
  }),
  azure: ({ holder, rule, port }) => ({
    cli: rule.startsWith("/")
      ? `az network nsg rule update --ids ${quote(rule)} --source-address-prefixes "$CLIENT_CIDR"`
      : `az network nsg rule update --nsg-name ${quote(lastPart(holder))} --name ${quote(rule)} --resource-group "$RESOURCE_GROUP" --source-address-prefixes "$CLIENT_CIDR"`,
    iac: `azurerm_network_security_rule ${hcl(lastPart(rule))}: source_address_prefix = var.client_cidr # port ${port}`,
  }),
  gcp: ({ rule, port, scope }) => ({
    cli: `gcloud compute firewall-rules update ${quote(lastPart(rule))} --project ${quote(scope)} --source-ranges "$CLIENT_CIDR"`,
    iac: `google_compute_firewall ${hcl(lastPart(rule))}: source_ranges = [var.client_cidr] # port ${port}`,
  }),
  oci: ({ holder, rule, port, region }) => {
    // A list of a subnet has no ids for its rules, and is written whole.
    const list = [rule, holder].find((id) => id.startsWith("ocid1.securitylist"));
    return {
      cli:
        list === undefined
          ? `oci network nsg rules remove --region ${quote(region)} --nsg-id ${quote(holder)} --security-rule-ids ${quote(JSON.stringify([rule]))}`
          : `oci network security-list update --region ${quote(region)} --security-list-id ${quote(list)} --ingress-security-rules file://rules.json # all its rules but those that admit port ${port} from the internet`,
      iac:
        list === undefined
          ? `oci_core_network_security_group_security_rule for ${hcl(holder)}: source = var.client_cidr # port ${port}, replaces ${rule}`
          : `oci_core_security_list ${hcl(list)}: ingress_security_rules { source = var.client_cidr } # port ${port}`,
    };
  },
};

/** Step 1: is network sharing needed at all? Names the rule that lets the packet in. */
export function closeNetwork(context: WorkloadContext): RemediationStep[] {
  const { provider, workload, exposures } = context;
  const [exposure] = exposures;
  const steps: RemediationStep[] = [
    {
      kind: "design",
      text: `Decide whether ${workload.name} has to be shared over a network at all. If not, run the server over stdio next to its client, or bind it to 127.0.0.1 or a private address.`,
    },
  ];
  const gate = exposure && gateOf(exposure);
  if (!exposure || !gate) return [...steps, ...withoutGate(context)];
  return [...steps, ...inOwnTools(closeRule, provider, gate)];
}

/** The firewall rule next to the workload; a hop without one decides nothing that could be closed. */
function gateOf({ hops, portRange, region, scope }: Exposure): Gate | undefined {
  const gates = hops.filter(({ kind, rule }) => kind === "gate" && rule !== undefined);
  const hop = gates.findLast(isFirewall) ?? gates.at(-1);
  if (!hop?.rule) return undefined;
  const [holder = hop.id, rule = hop.rule] = hop.rule.includes("#")
    ? hop.rule.split("#")
    : [hop.id, hop.rule];
  return { holder, rule, port: portRange.from, region, scope };
}

function isFirewall({ id, rule = "" }: Hop): boolean {
  return /^sg-|networksecuritygroup|firewall|securitylist|nsg/i.test(`${id} ${rule}`);
}

const platform: OwnTools<string> = {
  aws: (name) => ({
    cli: `aws elbv2 describe-target-health --target-group-arn "$TARGET_GROUP_ARN" # then take ${quote(name)} off the public listener`,
    iac: `aws_lb { internal = true } in front of ${hcl(name)}, or ingress through a private API or VPC endpoint`,
  }),
  azure: (name) => ({
    cli: `az containerapp ingress update --name ${quote(name)} --resource-group "$RESOURCE_GROUP" --type internal`,
    iac: `azurerm_container_app ${hcl(name)}: ingress { external_enabled = false }`,
  }),
  gcp: (name) => ({
    cli: `gcloud run services update ${quote(name)} --ingress internal`,
    iac: `google_cloud_run_v2_service ${hcl(name)}: ingress = "INGRESS_TRAFFIC_INTERNAL_ONLY"`,
  }),
  oci: (name) => ({
    cli: `oci network vnic update --vnic-id "$VNIC_ID" --nsg-ids "[]" # then drop the public address of ${quote(name)}`,
    iac: `oci_core_instance ${hcl(name)}: create_vnic_details { assign_public_ip = false }`,
  }),
};

function withoutGate({ provider, workload }: WorkloadContext): RemediationStep[] {
  return inOwnTools(platform, provider, workload.name);
}

function lastPart(id: string): string {
  return id.split("/").at(-1) ?? id;
}
