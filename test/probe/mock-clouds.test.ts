import { expect, test } from "vitest";
import { startAwsMock } from "../../mocks/aws/index.ts";
import { startAzureMock } from "../../mocks/azure/index.ts";
import { startGcpMock } from "../../mocks/gcp/index.ts";
import { startOciMock } from "../../mocks/oci/index.ts";
import { awsDemoWorld } from "../../mocks/worlds/aws-demo.ts";
import { azureDemoWorld } from "../../mocks/worlds/azure-demo.ts";
import { gcpDemoWorld } from "../../mocks/worlds/gcp-demo.ts";
import { ociDemoWorld } from "../../mocks/worlds/oci-demo.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

interface Cloud {
  readonly url: string;
  close(): Promise<void>;
}

/** APIs of the clouds answer anything with JSON or XML errors, some in words that MCP servers use too. */
const clouds: readonly (readonly [name: string, start: () => Promise<Cloud>])[] = [
  ["AWS", async () => startAwsMock(awsDemoWorld)],
  ["Azure", async () => startAzureMock(azureDemoWorld)],
  ["Google Cloud", async () => startGcpMock(gcpDemoWorld)],
  ["OCI", async () => startOciMock(ociDemoWorld)],
];

test.each(clouds)("the API of %s is not taken for an MCP server", async (_name, start) => {
  const cloud = await start();
  const found = await probe(targetAt(Number(new URL(cloud.url).port)), probeOptions());
  await cloud.close();
  expect(["none", "unknown"]).toContain(found.confidence);
  expect(found.authentication.verdict).not.toBe("open");
  expect(found.tools).toBeUndefined();
  expect(found.exchanges.length).toBeLessThanOrEqual(8);
});
