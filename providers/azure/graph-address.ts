/** Microsoft Graph beside Resource Manager, cloud by cloud. https://learn.microsoft.com/graph/deployments */
const clouds: readonly (readonly [RegExp, string])[] = [
  [/\.usgovcloudapi\.net$/i, "https://graph.microsoft.us"],
  [/\.chinacloudapi\.cn$/i, "https://microsoftgraph.chinacloudapi.cn"],
];

const everywhereElse = "https://graph.microsoft.com";

/** @param endpoint of Resource Manager, where another than the public one is asked */
export function graphHost(endpoint: string | undefined): string {
  const host = endpoint === undefined ? "" : new URL(endpoint).hostname;
  return clouds.find(([shape]) => shape.test(host))?.[1] ?? everywhereElse;
}

/** A path of Graph, or what its last page named as the next one, at the one host that a token of Graph may be shown to. */
export function graphUrl(
  host: string,
  { path, query, token }: GraphPath & { readonly token: string | undefined },
): string {
  const search = new URLSearchParams(query).toString();
  const { pathname, search: rest } = new URL(token ?? `${host}/v1.0${path}?${search}`);
  return `${host}${pathname}${rest}`;
}

export interface GraphPath {
  /** From the first slash, without the version: `/servicePrincipals/ID/transitiveMemberOf`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}
