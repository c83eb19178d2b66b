import type { RemediationStep } from "../../model/finding.ts";
import type { WorkloadContext } from "../rule.ts";
import { inOwnTools, type OwnTools } from "./own-tools.ts";
import { hcl, quote } from "./quote.ts";

const stores: OwnTools<string> = {
  aws: (name) => ({
    cli: `aws secretsmanager rotate-secret --secret-id ${quote(`mcp/${name}`)} --rotation-rules AutomaticallyAfterDays=30`,
    iac: `aws_secretsmanager_secret_rotation for ${hcl(`mcp/${name}`)}: rotation_rules { automatically_after_days = 30 }`,
  }),
  azure: (name) => ({
    cli: `az keyvault secret set --vault-name "$VAULT" --name ${quote(`mcp-${name}`)} --file secret.txt --expires "$EXPIRES"`,
    iac: `azurerm_key_vault_secret ${hcl(`mcp-${name}`)}: expiration_date = var.expires`,
  }),
  gcp: (name) => ({
    cli: `gcloud secrets create ${quote(`mcp-${name}`)} --data-file secret.txt --next-rotation-time "$NEXT" --rotation-period 30d --topics "$TOPIC"`,
    iac: `google_secret_manager_secret ${hcl(`mcp-${name}`)}: rotation { rotation_period = "2592000s" }`,
  }),
  oci: (name) => ({
    cli: `oci vault secret rotate --secret-id "$SECRET_ID" # secret of ${quote(name)}`,
    iac: `oci_vault_secret for ${hcl(name)}: rotation_config { is_scheduled_rotation_enabled = true }`,
  }),
};

/** Step 6: a secret store, and rotation. */
export function storeSecrets({ provider, workload }: WorkloadContext): RemediationStep[] {
  return [
    {
      kind: "design",
      text: `Move the secret of ${workload.name} into a secret store, one per client, and rotate it.`,
    },
    ...inOwnTools(stores, provider, workload.name),
  ];
}
