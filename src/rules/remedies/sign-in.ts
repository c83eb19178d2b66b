import type { RemediationStep } from "../../model/finding.ts";
import type { WorkloadContext } from "../rule.ts";
import { inOwnTools, type OwnTools } from "./own-tools.ts";
import { hcl, quote } from "./quote.ts";

/** A front that asks for a token, by the name of what stands behind it. */
export const signInFront: OwnTools<string> = {
  aws: (name) => ({
    cli: `aws elbv2 modify-listener --listener-arn "$LISTENER_ARN" --default-actions file://jwt-validation-then-forward.json # in front of ${quote(name)}`,
    iac: `aws_apigatewayv2_authorizer in front of ${hcl(name)}: authorizer_type = "JWT", jwt_configuration { issuer = var.issuer, audience = [var.audience] }`,
  }),
  azure: (name) => ({
    cli: `az containerapp auth update --name ${quote(name)} --resource-group "$RESOURCE_GROUP" --unauthenticated-client-action Return401`,
    iac: `azurerm_linux_web_app ${hcl(name)}: auth_settings_v2 { auth_enabled = true, require_authentication = true, unauthenticated_action = "Return401" }`,
  }),
  gcp: (name) => ({
    cli: `gcloud run services remove-iam-policy-binding ${quote(name)} --member allUsers --role roles/run.invoker`,
    iac: `google_iap_web_backend_service_iam_binding in front of ${hcl(name)}: role = "roles/iap.httpsResourceAccessor", members = var.clients`,
  }),
  oci: (name) => ({
    cli: `oci api-gateway deployment update --deployment-id "$DEPLOYMENT_ID" --specification file://jwt-authentication.json # in front of ${quote(name)}`,
    iac: `oci_apigateway_deployment in front of ${hcl(name)}: request_policies { authentication { type = "JWT_AUTHENTICATION" } }`,
  }),
};

/** Step 3: a reverse proxy with OAuth for what has to be shared. */
export function requireSignIn({ provider, workload }: WorkloadContext): RemediationStep[] {
  return [
    {
      kind: "design",
      text: `Put ${workload.name} behind a reverse proxy that demands an OAuth token and checks issuer, audience, signature and expiry.`,
    },
    ...inOwnTools(signInFront, provider, workload.name),
  ];
}

/** Step 4: the user's own token reaches the system behind, so that rights and the audit trail are the user's. */
export function delegateTokens({ workload }: WorkloadContext): RemediationStep[] {
  return [
    {
      kind: "design",
      text: `Let ${workload.name} use a token delegated by each user for the calls it makes (on-behalf-of or token exchange), in place of one identity for everyone.`,
    },
  ];
}
