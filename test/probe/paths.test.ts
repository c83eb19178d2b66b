import { describe, expect, test } from "vitest";
import {
  candidatesFor,
  isTelling,
  isUsualPath,
  likeliestPlaces,
  pathCandidates,
  servesElsewhere,
} from "../../src/probe/paths.ts";
import { portRank, portRanks } from "../../src/probe/ports.ts";

const told = (paths: readonly string[], hosts: readonly string[] = []): string[] =>
  candidatesFor({ paths, hosts }).map(({ step, path }) => `${step} ${path}`);

const usual = [
  "post /mcp",
  "stream /sse",
  "banner /",
  "post /",
  "stream /mcp",
  "post /api/mcp",
  "stream /mcp/sse",
  "post /v1/mcp",
];

describe("places", () => {
  test("are the usual ones where nothing speaks for another", () => {
    expect(told([])).toEqual(usual);
    for (const path of ["/mcp", "/sse", "/", "/api/mcp", "/mcp/sse", "/v1/mcp"]) {
      expect(isUsualPath(path)).toBe(true);
    }
    expect(isUsualPath("/mcp/")).toBe(false);
  });

  test.each<[string, readonly string[]]>([
    ["/a", ["post /a/mcp", "stream /a/sse", "post /a"]],
    ["/a/*", ["post /a/mcp", "stream /a/sse", "post /a"]],
    ["/a/**", ["post /a/mcp", "stream /a/sse", "post /a"]],
    ["/a//", ["post /a/mcp", "stream /a/sse", "post /a"]],
    ["/a/MCP", ["post /a/MCP"]],
    ["/a-mcp/", ["post /a-mcp"]],
    ["/a/SSE/*", ["stream /a/SSE", "post /a/SSE"]],
    ["/mcps", ["post /mcps/mcp", "stream /mcps/sse", "post /mcps"]],
    ["/a:b@c/%20~.-_!$&'()+,;=", ["post /a:b@c/%20~.-_!$&'()+,;=/mcp"]],
    ["/", []],
    ["/*", []],
    ["*", []],
    ["", []],
    ["a", []],
    ["/a b", []],
    ["/a?b", []],
    ["/a#b", []],
    ["/{a}", []],
    ["/a*b", []],
    ["/ä", []],
    ["/a\r\nb", []],
  ])("under the prefix %j come first", (prefix, first) => {
    const all = told([prefix]);
    expect(all.slice(0, first.length)).toEqual(first);
    if (first.length !== 1) expect(all.slice(first.length)).toEqual(usual);
  });

  test.each([
    ["a.azurewebsites.net", true],
    ["A.AzureWebsites.US", true],
    ["a.azurewebsites.cn", true],
    ["a.azurewebsites.net.example.com", false],
    ["azurewebsites.net", false],
    ["xazurewebsites.net", false],
  ])("of the platform behind %s come first: %s", (host, first) => {
    const all = told([], ["b.example.com", host]);
    expect(all[0] === "post /runtime/webhooks/mcp").toBe(first);
    expect(all).toHaveLength(first ? usual.length + 1 : usual.length);
  });

  test("that a prefix names and that are usual are asked once, as those of the prefix", () => {
    const [first, ...others] = candidatesFor({ paths: ["/mcp/*", "/mcp"], hosts: [] });
    expect(first).toEqual({ path: "/mcp", step: "post", reason: "the front door forwards it" });
    expect(others.map(({ step, path }) => `${step} ${path}`)).toEqual(usual.slice(1));
  });

  test("are told apart by whether something speaks for them", () => {
    const own = candidatesFor({ paths: ["/a"], hosts: [] }).slice(0, 3);
    expect(own.map((place) => isTelling(place))).toEqual([true, true, true]);
    const telling = pathCandidates.map((place) => isTelling(place));
    expect(telling).toEqual([true, true, true, true, false, false, false, false]);
    expect(likeliestPlaces.map(({ step, path }) => `${step} ${path}`)).toEqual(usual.slice(0, 3));
  });
});

test.each<[Readonly<Record<string, string>>, boolean]>([
  [{ "x-powered-by": "next.js 15" }, true],
  [{ "x-powered-by": "Express" }, true],
  [{ "x-vercel-id": "fra1" }, true],
  [{ server: "uvicorn" }, true],
  [{ server: "Hypercorn-h11" }, true],
  [{ server: "granian" }, true],
  [{ server: "Kestrel" }, true],
  [{ server: "nginx" }, false],
  [{ server: "my-uvicorn" }, false],
  [{ server: "my-Kestrel" }, false],
  [{ "x-powered-by": "PHP, Express" }, false],
  [{ "x-powered-by": "not Next.js" }, false],
  [{ "x-vercel-id": "" }, false],
  [{}, false],
])("a framework that says %j may serve elsewhere: %s", (headers, elsewhere) => {
  expect(servesElsewhere({ headers: new Map(Object.entries(headers)), body: "Not Found" })).toBe(
    elsewhere,
  );
});

test("ports are asked with the likeliest first, and those that are not known last", () => {
  const ports = portRanks.map(({ port }) => port);
  expect(ports).toEqual([
    443, 80, 8000, 3000, 8080, 3001, 5000, 8931, 6277, 6274, 3002, 3333, 37_373, 8085, 5001, 5008,
    8811, 7071, 8787, 5678, 8081, 8888, 9000, 4000, 8443, 8765, 9090, 8001,
  ]);
  expect(ports.map((port) => portRank(port))).toEqual(ports.map((_, index) => index));
  expect(portRank(1)).toBe(ports.length);
});
