import type { OptionRow } from "./table.ts";

/** Where each cloud is asked, when not at its public address. */
export const endpointRows = [
  {
    name: "aws-endpoint",
    type: "text",
    placeholder: "URL",
    describe: "Endpoint of every AWS service; AWS_ENDPOINT_URL and its per-service forms work too",
    commands: ["audit", "collect", "permissions"],
    config: true,
  },
  {
    name: "azure-endpoint",
    type: "text",
    placeholder: "URL",
    describe: "Endpoint of Azure Resource Manager, for sovereign clouds and private endpoints",
    commands: ["audit", "collect", "permissions"],
    config: true,
  },
  {
    name: "gcp-endpoint",
    type: "text",
    placeholder: "URL",
    describe: "Endpoint of every Google Cloud API",
    commands: ["audit", "collect", "permissions"],
    config: true,
  },
  {
    name: "oci-endpoint",
    type: "text",
    placeholder: "URL",
    describe: "Endpoint of every Oracle Cloud API",
    commands: ["audit", "collect", "permissions"],
    config: true,
  },
] as const satisfies readonly OptionRow[];
