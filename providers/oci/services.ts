/** Where a service answers, and the class of the SDK that speaks to it. */
export interface ServiceFacts {
  readonly package: string;
  readonly client: string;
}

/** One row a client of the SDK; `core` is two of them, told apart by who owns the operation. */
export const sdks = {
  network: { package: "oci-core", client: "VirtualNetworkClient" },
  compute: { package: "oci-core", client: "ComputeClient" },
  identity: { package: "oci-identity", client: "IdentityClient" },
  identitydomains: { package: "oci-identitydomains", client: "IdentityDomainsClient" },
  functions: { package: "oci-functions", client: "FunctionsManagementClient" },
  loadbalancer: { package: "oci-loadbalancer", client: "LoadBalancerClient" },
  networkloadbalancer: { package: "oci-networkloadbalancer", client: "NetworkLoadBalancerClient" },
  containerinstances: { package: "oci-containerinstances", client: "ContainerInstanceClient" },
  gateway: { package: "oci-apigateway", client: "GatewayClient" },
  dns: { package: "oci-dns", client: "DnsClient" },
  deployment: { package: "oci-apigateway", client: "DeploymentClient" },
} as const satisfies Readonly<Record<string, ServiceFacts>>;

/**
 * Services whose package is not among the dependencies: their few lists are asked over the common package's signer.
 * Host templates and versions as in https://docs.oracle.com/en-us/iaas/api/
 */
export const signed = {
  waf: { host: "https://waf.{region}.oci.{secondLevelDomain}", version: "20210930" },
  zpr: { host: "https://zpr.{region}.oci.{secondLevelDomain}", version: "20240301" },
  networkfirewall: {
    host: "https://network-firewall.{region}.ocs.{secondLevelDomain}",
    version: "20230501",
  },
} as const;

export type SdkService = keyof typeof sdks;
export type SignedService = keyof typeof signed;
export type OciService = SdkService | SignedService;

export function isSdkService(service: OciService): service is SdkService {
  return Object.hasOwn(sdks, service);
}
