import type { ProductTable } from "../product-table.ts";
import { awsApiMcp, awsMcpServer, billing, ccapi, ecs, eks, iam, serverless } from "./aws.ts";
import { azureMcp } from "./azure-mcp.ts";
import { cloudRun, gcloudMcp, gcs } from "./google.ts";
import {
  chromeDevtools,
  desktopCommander,
  kubernetesMcpServer,
  kubernetesServer,
  playwright,
} from "./hosts.ts";
import { ociApi, ociCloud, ociCompute, ociComputeAgent } from "./oracle.ts";
import {
  context7,
  everything,
  exa,
  figma,
  firecrawl,
  memory,
  mongodb,
  n8n,
  notion,
  postgresReference,
  publicDocs,
  sequentialThinking,
  tavily,
} from "./services.ts";
import { vendorTools } from "./vendor-tools.ts";

/** What is known about the tools of products, by the id of their signature. */
export const productTables: readonly ProductTable[] = [
  azureMcp,
  awsApiMcp,
  awsMcpServer,
  billing,
  ccapi,
  iam,
  eks,
  ecs,
  serverless,
  gcloudMcp,
  cloudRun,
  gcs,
  ociApi,
  ociCloud,
  ociCompute,
  ociComputeAgent,
  desktopCommander,
  playwright,
  chromeDevtools,
  kubernetesServer,
  kubernetesMcpServer,
  n8n,
  notion,
  context7,
  tavily,
  exa,
  firecrawl,
  everything,
  memory,
  sequentialThinking,
  figma,
  mongodb,
  postgresReference,
  ...publicDocs,
  ...vendorTools,
];
