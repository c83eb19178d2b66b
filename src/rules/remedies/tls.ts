import type { RemediationStep } from "../../model/finding.ts";
import type { WorkloadContext } from "../rule.ts";
import { inOwnTools, type OwnTools } from "./own-tools.ts";
import { hcl, quote } from "./quote.ts";

const listeners: OwnTools<string> = {
  aws: (name) => ({
    cli: `aws elbv2 create-listener --load-balancer-arn "$LOAD_BALANCER_ARN" --protocol HTTPS --port 443 --ssl-policy ELBSecurityPolicy-TLS13-1-2-2021-06 --certificates CertificateArn="$CERTIFICATE_ARN" --default-actions Type=forward,TargetGroupArn="$TARGET_GROUP_ARN" # in front of ${quote(name)}`,
    iac: `aws_lb_listener for ${hcl(name)}: protocol = "HTTPS", ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06", certificate_arn = aws_acm_certificate.mcp.arn`,
  }),
  azure: (name) => ({
    cli: `az containerapp ingress update --name ${quote(name)} --resource-group "$RESOURCE_GROUP" --allow-insecure false`,
    iac: `azurerm_application_gateway in front of ${hcl(name)}: http_listener { protocol = "Https" }, ssl_policy { min_protocol_version = "TLSv1_2" }`,
  }),
  gcp: (name) => ({
    cli: `gcloud compute target-https-proxies create mcp --url-map "$URL_MAP" --ssl-certificates "$CERTIFICATE" # in front of ${quote(name)}`,
    iac: `google_compute_target_https_proxy in front of ${hcl(name)}: ssl_certificates = [google_compute_managed_ssl_certificate.mcp.id]`,
  }),
  oci: (name) => ({
    cli: `oci lb listener update --load-balancer-id "$LOAD_BALANCER_ID" --listener-name "$LISTENER" --protocol HTTP --port 443 --ssl-certificate-name "$CERTIFICATE" --default-backend-set-name "$BACKEND_SET" # in front of ${quote(name)}`,
    iac: `oci_load_balancer_listener in front of ${hcl(name)}: ssl_configuration { protocols = ["TLSv1.2", "TLSv1.3"] }`,
  }),
};

/** Step 2: all traffic over TLS 1.2 or newer, with a certificate that clients can check. */
export function encrypt({ provider, workload }: WorkloadContext): RemediationStep[] {
  return [
    {
      kind: "design",
      text: `Serve ${workload.name} over TLS 1.2 or newer only, up to the workload itself, with a certificate of a public or company CA.`,
    },
    ...inOwnTools(listeners, provider, workload.name),
  ];
}
