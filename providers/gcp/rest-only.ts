import type { GcpRequest, GcpService } from "./request.ts";

/** What no installed client of the SDK can ask, and why: sent as plain REST through its auth library. */
const restOnly: readonly {
  readonly service: GcpService;
  readonly path: RegExp;
  readonly because: string;
}[] = [
  {
    service: "resourceManager",
    path: /^\/v1\/projects\/[^/]+:getAncestry$/,
    because: "the client speaks v3, which names one parent at a time and asks for rights on each",
  },
  {
    service: "networkSecurity",
    path: /^\/v1\/(?:projects|organizations)\/[^/]+\/locations\/[^/]+\/(?:serverTlsPolicies|addressGroups)\/[^/]+$/,
    because: "network security has a package of its own, of which two methods would be used",
  },
  {
    service: "asset",
    path: /^\/v1\/projects\/[^/]+:searchAllIamPolicies$/,
    because: "assets have a package of their own, of which one method would be used",
  },
  {
    service: "functions",
    path: /^\/v2\/projects\/[^/]+\/locations\/(?:-\/functions|[^/]+\/functions\/[^/:]+:getIamPolicy)$/,
    because: "functions have a package of their own, of which two methods would be used",
  },
  {
    service: "container",
    path: /^\/v1\/projects\/[^/]+\/locations\/-\/clusters$/,
    because: "clusters have a package of their own, of which one method would be used",
  },
  {
    service: "networkConnectivity",
    path: /^\/v1\/projects\/[^/]+\/locations\/global\/policyBasedRoutes$/,
    because: "network connectivity has a package of its own, of which one method would be used",
  },
  {
    service: "dns",
    path: /^\/dns\/v1\/projects\/[^/]+\/managedZones(?:\/[^/]+\/rrsets)?$/,
    because: "names have a package of their own, of which two methods would be used",
  },
  {
    service: "run",
    path: /^\/v1\/projects\/[^/]+\/locations\/[^/]+\/domainmappings$/,
    because: "the client of Cloud Run speaks v2, which has no domain mappings",
  },
  {
    service: "iam",
    path: /^\/v1\/(?:[^:]+|projects\/[^/]+\/serviceAccounts\/[^/]+:getIamPolicy)$/,
    because: "the client of IAM knows neither service accounts nor roles",
  },
  {
    service: "iam",
    path: /^\/v2\/policies\//,
    because:
      "the client of IAM encodes the attachment point, which is encoded by definition, once more",
  },
];

export function isRestOnly({ service, path }: Pick<GcpRequest, "service" | "path">): boolean {
  return restOnly.some((each) => each.service === service && each.path.test(path));
}
