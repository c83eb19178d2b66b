import type { Reply } from "./transport.ts";

/**
 * What balancers and gateways answer themselves when no rule of theirs fits the request.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html,
 * https://cloud.google.com/load-balancing/docs/url-map-concepts, https://kubernetes.github.io/ingress-nginx/user-guide/default-backend/
 */
const servers =
  /^(?:awselb|CloudFront|cloudflare|Microsoft-Azure-Application-Gateway|istio-envoy|envoy|kong|Google Frontend)/i;
const pages =
  /default backend - 404|response 404 \(backend NotFound\)|no Route matched with those values|Container App is stopped or does not exist|fault filter abort/i;

export function isFrontDoorPage({ headers, body }: Reply): boolean {
  if (headers.has("x-azure-ref") || servers.test(headers.get("server") ?? "")) return true;
  return pages.test(body.slice(0, 4096));
}
