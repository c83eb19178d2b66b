import type { Origin } from "../model/provider.ts";
import type { NotAsked } from "../model/report.ts";

const noClient =
  "the installed clients cannot list it, so servers that it hosts are not in this report";

/** Services that can host or name an MCP server and that no call of this version asks about; see docs/adr/0020. */
const tables: Readonly<Partial<Record<Origin, readonly NotAsked[]>>> = {
  aws: [
    { service: "Lightsail instances, balancers and container services", because: noClient },
    {
      service: "Verified Access endpoints",
      because:
        "no call of this version lists them, so what they alone lead to is not in this report",
    },
    {
      service: "Cloud Map services",
      because:
        "what an HTTP API finds there is unknown, and told so for all that runs in the VPC of its link",
    },
  ],
  azure: [
    { service: "Container Apps session pools", because: noClient },
    { service: "Agents hosted by AI Foundry", because: noClient },
  ],
  gcp: [
    { service: "Apigee", because: noClient },
    { service: "Agent Engine", because: noClient },
    { service: "API Gateway and App Engine", because: noClient },
  ],
  oci: [
    { service: "Data Science model deployments", because: noClient },
    { service: "MCP servers of Autonomous AI Database and of Database Tools", because: noClient },
  ],
};

export function notAskedOf(provider: Origin): readonly NotAsked[] {
  return tables[provider] ?? [];
}
