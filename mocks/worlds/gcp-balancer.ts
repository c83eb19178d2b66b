import type { JsonObject } from "../../src/model/json.ts";
import { linkOf, network, subnetwork, zonal, zoneLink } from "./gcp-network.ts";

/** Where Google's front ends come from. https://cloud.google.com/load-balancing/docs/firewall-rules */
export const frontEnds = ["35.191.0.0/16", "130.211.0.0/22"];

/** A global external Application Load Balancer on port 80 in front of one machine. */
export interface GcpBalancer {
  readonly name: string;
  readonly publicAddress: string;
  /** Name of the machine. */
  readonly target: string;
  readonly address: string;
  readonly targetPort: number;
}

export function balancing(balancer: GcpBalancer): JsonObject {
  const { name, publicAddress, target, address, targetPort } = balancer;
  const group = zonal(`instanceGroups/${name}`);
  const instance = zonal(`instances/${target}`);
  const health = linkOf(`global/healthChecks/${name}`);
  const service = linkOf(`global/backendServices/${name}`);
  const urlMap = linkOf(`global/urlMaps/${name}`);
  const proxy = linkOf(`global/targetHttpProxies/${name}`);
  const scheme = { loadBalancingScheme: "EXTERNAL_MANAGED" };
  return {
    instanceGroups: [
      {
        name,
        selfLink: group,
        zone: zoneLink,
        network,
        subnetwork,
        size: 1,
        namedPorts: [{ name: "http", port: targetPort }],
      },
    ],
    "instanceGroups.listInstances": { [group]: { items: [{ instance, status: "RUNNING" }] } },
    healthChecks: [
      {
        name,
        selfLink: health,
        type: "TCP",
        tcpHealthCheck: { portSpecification: "USE_SERVING_PORT" },
        checkIntervalSec: 5,
        timeoutSec: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
    ],
    backendServices: [
      {
        name,
        selfLink: service,
        protocol: "HTTP",
        portName: "http",
        timeoutSec: 30,
        ...scheme,
        healthChecks: [health],
        backends: [{ group, balancingMode: "UTILIZATION", capacityScaler: 1 }],
      },
    ],
    "backendServices.getHealth": {
      [service]: {
        [group]: {
          healthStatus: [
            { instance, ipAddress: address, port: targetPort, healthState: "HEALTHY" },
          ],
        },
      },
    },
    urlMaps: [{ name, selfLink: urlMap, defaultService: service }],
    targetHttpProxies: [{ name, selfLink: proxy, urlMap }],
    forwardingRules: [
      {
        name,
        selfLink: linkOf(`global/forwardingRules/${name}`),
        IPAddress: publicAddress,
        IPProtocol: "TCP",
        portRange: "80-80",
        networkTier: "PREMIUM",
        target: proxy,
        ...scheme,
      },
    ],
  };
}
