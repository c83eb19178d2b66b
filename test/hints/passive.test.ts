import { describe, expect, test } from "vitest";
import { hintScore, hintsOf, hintThreshold, suspicious } from "../../src/hints/passive.ts";
import { bindingsOf } from "../../src/hints/bindings.ts";
import { hintWeights } from "../../src/hints/weights.ts";
import type { WorkloadText } from "../../src/model/inventory.ts";
import { source, workload } from "./workload.ts";

describe("a workload is suspected", () => {
  test.each<[string, WorkloadText["kind"], string, number | undefined, string | undefined]>([
    ["an official image", "image", "mcp/filesystem:latest", undefined, undefined],
    [
      "an image path with a registry",
      "image",
      "ghcr.io/github/github-mcp-server:0.20",
      undefined,
      undefined,
    ],
    [
      "npx of a reference server behind supergateway",
      "user-data",
      "#!/bin/bash\nnpx -y supergateway --stdio 'npx @modelcontextprotocol/server-filesystem /' --port 8123",
      8123,
      undefined,
    ],
    ["supergateway at its default port", "command", "npx supergateway --stdio x", 8000, undefined],
    [
      "an AWS Labs server by uvx",
      "user-data",
      "uvx awslabs.aws-api-mcp-server@latest",
      undefined,
      undefined,
    ],
    [
      "a FastMCP script bound to every address",
      "user-data",
      'from fastmcp import FastMCP\nmcp = FastMCP("ops")\nmcp.run(transport="http", host="0.0.0.0", port=9001)',
      9001,
      "0.0.0.0",
    ],
    [
      "kubernetes server's unsafe switch",
      "environment",
      "ENABLE_UNSAFE_STREAMABLE_HTTP_TRANSPORT=1",
      undefined,
      undefined,
    ],
    [
      "azmcp on every address",
      "command",
      "ASPNETCORE_URLS=http://+:5008 azmcp server start",
      5008,
      "0.0.0.0",
    ],
    [
      "a published container port",
      "command",
      "docker run -p 127.0.0.1:8811:8811 docker/mcp-gateway",
      8811,
      undefined,
    ],
  ])("by %s", (_, kind, text, port, bind) => {
    const hints = hintsOf(workload([[kind, text]]));
    expect(suspicious(hints)).toBe(true);
    expect(hints[0]?.port).toBe(port);
    expect(hints[0]?.bind).toBe(bind);
    expect(hints[0]?.source).toEqual(source);
  });

  test("by its name and a variable together, not by either alone", () => {
    const named = workload([], { name: "prod-mcp-1" });
    const variable = workload([["environment", "MCP_MODE=http"]]);
    const both = workload([["environment", "MCP_MODE=http"]], { name: "prod-mcp-1" });
    expect([named, variable, both].map((one) => suspicious(hintsOf(one)))).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("a workload is not suspected", () => {
  test.each<[string, WorkloadText["kind"], string]>([
    ["a web server", "user-data", "#!/bin/bash\nyum install -y httpd\nsystemctl start httpd"],
    ["an image that only contains the letters", "image", "registry.example/tmcprov/web:1"],
    [
      "a word in a comment",
      "user-data",
      "# ask the MCP team before you change this\nnginx -g 'daemon off;'",
    ],
    ["a foreign transport", "command", "app --transport websocket --port 8000"],
    ["a variable that ends in it", "environment", "TEMCP_PATH=/x"],
    ["nothing", "user-data", ""],
  ])("by %s", (_, kind, text) => {
    expect(suspicious(hintsOf(workload([[kind, text]])))).toBe(false);
  });
});

describe("the score", () => {
  test("counts the strongest sign whole, other rows half, and one row once however often it stands", () => {
    const hint = (id: string, weight: number) =>
      ({ id, weight, kind: "tag", text: "", because: "", source }) as const;
    expect(hintScore([])).toBe(0);
    expect(hintScore([hint("a", 6), hint("b", 4)])).toBe(8);
    expect(hintScore([hint("a", 6), hint("a", 6), hint("a", 5)])).toBe(6);
  });

  test("suspects from the threshold on", () => {
    const hint = (weight: number) =>
      ({ id: "a", weight, kind: "tag", text: "", because: "", source }) as const;
    expect(suspicious([hint(hintThreshold)])).toBe(true);
    expect(suspicious([hint(hintThreshold - 0.5)])).toBe(false);
  });

  test("weights lie between 1 and 10, and every row is named once", () => {
    expect(hintWeights.every((row) => row.weight >= 1 && row.weight <= 10)).toBe(true);
    expect(new Set(hintWeights.map((row) => row.id)).size).toBe(hintWeights.length);
  });
});

describe("an address or port", () => {
  test.each([
    ["--host 0.0.0.0 --port 8931", { address: "0.0.0.0", port: 8931 }],
    ["--host=localhost", { address: "127.0.0.1" }],
    ["--bind [::]", { address: "::" }],
    ["PORT=3000 HOST=127.0.0.1", { address: "127.0.0.1", port: 3000 }],
    ["--listen :8085", { port: 8085 }],
    ["docker run -p 8080:3000 x", { port: 8080 }],
    ["--port 99999", {}],
    ["nothing", {}],
  ])("is read from %s", (text, binding) => {
    expect(bindingsOf(text)).toEqual(binding);
  });
});

test("a megabyte of start-up script is read in a moment", () => {
  const before = performance.now();
  hintsOf(
    workload([
      ["user-data", "npx a ".repeat(200_000)],
      ["user-data", "--host=mcp ".repeat(90_000)],
    ]),
  );
  expect(performance.now() - before).toBeLessThan(1000);
});
