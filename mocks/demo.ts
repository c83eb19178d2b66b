import type { Provider } from "../src/model/provider.ts";
import { startAwsMock } from "./aws/index.ts";
import { startAzureMock } from "./azure/index.ts";
import { startDecoy, startMcpMock, type McpMockKind, type ToolSetName } from "./mcp/index.ts";
import { startGcpMock } from "./gcp/index.ts";
import { startOciMock } from "./oci/index.ts";
import { startRealServer, type RealServerKind } from "./real-servers.ts";
import { awsDemoServers, awsDemoWorld } from "./worlds/aws-demo.ts";
import { azureDemoFaults, azureDemoServers, azureDemoWorld } from "./worlds/azure-demo.ts";
import type { DemoServerKind } from "./worlds/demo-servers.ts";
import { gcpDemoFaults, gcpDemoServers, gcpDemoWorld } from "./worlds/gcp-demo.ts";
import { ociDemoFaults, ociDemoServers, ociDemoWorld } from "./worlds/oci-demo.ts";

/** The demo estate, up and running on loopback. */
export interface Demo {
  readonly endpoints: Readonly<Record<Provider, string>>;
  /** Google Cloud is asked by project; a credential of a mock names none. */
  readonly gcpProject: string;
  /** `HOST:PORT:ADDR:PORT`: the world's public doors and the loopback ports that stand for them. */
  readonly connectTo: readonly string[];
  readonly realServers: number;
  /** What is not as it would be from a checkout. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}

interface Running {
  readonly port: number;
  readonly real: boolean;
  close(): Promise<void>;
}

interface Cloud {
  readonly endpoint: string;
  close(): Promise<void>;
}

interface Recipe {
  /** A published server; in an installed package, where it is absent, the mock stands in. */
  readonly real?: RealServerKind;
  readonly mock: McpMockKind | "decoy";
  readonly tools: ToolSetName;
}

const recipes: Readonly<Record<DemoServerKind, Recipe>> = {
  "file-gateway": { real: "mcp-proxy", mock: "streamable-stateful", tools: "files" },
  "cloud-tools": { mock: "streamable-stateful", tools: "aws-api" },
  "azure-tools": { mock: "streamable-stateless", tools: "azure-single" },
  "gcloud-tools": { mock: "streamable-stateful", tools: "gcloud" },
  "oci-tools": { mock: "streamable-stateful", tools: "oci" },
  everything: { real: "everything-http", mock: "streamable-sse", tools: "demo" },
  notes: { real: "everything-sse", mock: "legacy-sse", tools: "demo" },
  "modern-only": { real: "modern-only", mock: "modern-only", tools: "demo" },
  "api-key": { mock: "api-key", tools: "none" },
  "not-mcp": { mock: "decoy", tools: "none" },
};

const clouds: Readonly<Record<Provider, () => Promise<Cloud>>> = {
  aws: async () => cloud(await startAwsMock(awsDemoWorld)),
  azure: async () => cloud(await startAzureMock(azureDemoWorld, { faults: azureDemoFaults })),
  gcp: async () => cloud(await startGcpMock(gcpDemoWorld, { faults: gcpDemoFaults })),
  oci: async () => startOciMock(ociDemoWorld, { faults: ociDemoFaults }),
};

function cloud(mock: { readonly url: string; close(): Promise<void> }): Cloud {
  return { endpoint: mock.url, close: async () => mock.close() };
}

/** One process of a kind answers for all doors of that kind, whatever the cloud. */
const doors = [...awsDemoServers, ...azureDemoServers, ...gcpDemoServers, ...ociDemoServers];

/** Starts the mocks of the four clouds' APIs and the servers; on failure everything started is stopped again. */
export async function startDemo(): Promise<Demo> {
  const kinds = [...new Set(doors.map(({ kind }) => kind))];
  const [started, ...apis] = await Promise.all([
    Promise.allSettled(kinds.map(start)),
    clouds.aws(),
    clouds.azure(),
    clouds.gcp(),
    clouds.oci(),
  ]);
  const [aws, azure, gcp, oci] = apis;
  const running = new Map<DemoServerKind, Running>();
  for (const [index, result] of started.entries()) {
    const kind = kinds[index];
    if (kind && result.status === "fulfilled") running.set(kind, result.value);
  }
  const close = async (): Promise<void> => {
    await Promise.all([...apis, ...running.values()].map(async (one) => one.close()));
  };
  const failed = started.find((result) => result.status === "rejected");
  if (failed) {
    await close();
    throw failed.reason;
  }
  const realServers = [...running.values()].filter(({ real }) => real).length;
  const wanted = kinds.filter((kind) => recipes[kind].real !== undefined).length;
  return {
    endpoints: {
      aws: aws.endpoint,
      azure: azure.endpoint,
      gcp: gcp.endpoint,
      oci: oci.endpoint,
    },
    gcpProject: gcpDemoWorld.project,
    connectTo: doors.map(
      ({ address, port, kind }) => `${address}:${port}:127.0.0.1:${running.get(kind)?.port ?? 0}`,
    ),
    realServers,
    notes:
      realServers === wanted
        ? []
        : [
            `${wanted - realServers} of ${wanted} published MCP servers are not installed here or did not start; built-in ones stand in for them.`,
          ],
    close,
  };
}

async function start(kind: DemoServerKind): Promise<Running> {
  const { real, mock, tools } = recipes[kind];
  // A machine under load may be too slow for a published server; the demo goes on with the built-in one and says so.
  const server = real && (await startRealServer(real).catch(() => undefined));
  if (server) return { port: server.port, real: true, close: async () => server.close() };
  const stand =
    mock === "decoy" ? await startDecoy("single-page-app") : await startMcpMock(mock, { tools });
  return { port: stand.port, real: false, close: async () => stand.close() };
}
