import type { RemediationStep } from "../../model/finding.ts";
import type { WorkloadContext } from "../rule.ts";
import { inOwnTools, type OwnTools } from "./own-tools.ts";
import { hcl, quote } from "./quote.ts";

interface Guarded {
  readonly id: string;
  readonly name: string;
  readonly region: string;
}

const guard: OwnTools<Guarded> = {
  aws: ({ id, region }) => ({
    cli: `aws ec2 modify-instance-metadata-options --region ${quote(region)} --instance-id ${quote(id)} --http-tokens required --http-put-response-hop-limit 1`,
    iac: `aws_instance ${hcl(id)}: metadata_options { http_tokens = "required", http_put_response_hop_limit = 1 }`,
  }),
  azure: ({ id }) => ({
    cli: `az vm update --ids ${quote(id)} --set securityProfile.proxyAgentSettings.enabled=true`,
    iac: `Microsoft.Compute/virtualMachines ${hcl(id)}: securityProfile.proxyAgentSettings = { enabled: true, imds: { mode: "Enforce" } }`,
  }),
  gcp: ({ name }) => ({
    cli: `gcloud compute instances add-metadata ${quote(name)} --zone "$ZONE" --metadata disable-legacy-endpoints=true`,
    iac: `google_compute_instance ${hcl(name)}: metadata = { disable-legacy-endpoints = "true" }`,
  }),
  oci: ({ id, region }) => ({
    cli: `oci compute instance update --region ${quote(region)} --instance-id ${quote(id)} --instance-options '{"areLegacyImdsEndpointsDisabled": true}'`,
    iac: `oci_core_instance for ${hcl(id)}: instance_options { are_legacy_imds_endpoints_disabled = true }`,
  }),
};

/** The credentials of the identity only for the workload itself, and only with a session token. */
export function guardMetadata({
  provider,
  workload,
  exposures,
}: WorkloadContext): RemediationStep[] {
  const { id, name } = workload;
  return [
    {
      kind: "design",
      text: `Let the metadata service of ${name} answer only session requests that start on the host itself; give containers an identity of their own, and block 169.254.169.254 for tools that fetch URLs.`,
    },
    ...inOwnTools(guard, provider, { id, name, region: exposures[0]?.region ?? "" }),
  ];
}
