import { describe, expect, test } from "vitest";
import { sendJson, sendText, type MockHandler } from "../../mocks/mcp/mock-server.ts";
import { modernOnly } from "../../mocks/mcp/modern.ts";
import { rpcError } from "../../mocks/mcp/protocol.ts";
import { movedTo, page } from "./answering.ts";
import { probeHandler } from "./probe-handler.ts";

/** Missing places until so many requests came, then something else. */
function afterwards(requests: number, then: MockHandler): MockHandler {
  let asked = 0;
  return (incoming, context) => {
    asked += 1;
    if (asked > requests) then(incoming, context);
    else sendText(incoming, 404, `Nothing at ${incoming.path}`);
  };
}

const hanging: MockHandler = () => {};

describe("a search that was kept from its end is unknown and never none", () => {
  test.each([
    [
      "asked to slow down",
      afterwards(2, (incoming) => sendText(incoming, 429, "slow down")),
      "The server asks to slow down",
    ],
    [
      "told to come back later",
      afterwards(2, (incoming) => sendText(incoming, 503, "later", { "retry-after": "20" })),
      "The server asks to slow down",
    ],
    [
      "cut off",
      afterwards(3, ({ request }) => request.socket.destroy()),
      "Some places gave no answer within the deadline",
    ],
    [
      "answered by a gateway",
      afterwards(1, (incoming) => sendText(incoming, 502, "Bad Gateway")),
      "A gateway answered in place of the server behind it",
    ],
    [
      "answered by a gateway that waited too long",
      afterwards(1, (incoming) => sendText(incoming, 504, "Gateway Timeout")),
      "A gateway answered in place of the server behind it",
    ],
    [
      "refused by a firewall",
      (incoming) => {
        const headers = { ...page, server: "Imperva" };
        sendText(incoming, 406, `<title>Not Acceptable ${incoming.path}</title>`, headers);
      },
      "A firewall or content network refused the request",
    ],
  ] as [string, MockHandler, string][])("when it is %s", async (_name, handler, because) => {
    const { found } = await probeHandler(handler, { hosts: ["a.example.com"] });
    expect(found).toMatchObject({ confidence: "unknown", because });
    expect(found.authentication.verdict).toBe("unknown");
  });

  test("when an event stream keeps its first event back", async () => {
    const { found } = await probeHandler((incoming, context) => {
      if (incoming.path !== "/sse") sendText(incoming, 404, `Nothing at ${incoming.path}`);
      else hanging(incoming, context);
    });
    expect(found).toMatchObject({
      confidence: "unknown",
      because: "Some places gave no answer within the deadline",
    });
  });

  test("when the prefixes of a front door use up the requests", async () => {
    const paths = ["/a/*", "/b/*", "/c/*"];
    const { found } = await probeHandler(movedTo("/mcp", modernOnly), { paths });
    expect(found.exchanges).toHaveLength(8);
    expect(found).toMatchObject({
      confidence: "unknown",
      because: "The requests for this port were spent before its likeliest places were asked",
    });
  });
});

test("a search that only leaves out unlikely places is none", async () => {
  const { found } = await probeHandler((incoming) => {
    const id = incoming.message?.["id"] ?? null;
    sendJson(incoming, 200, rpcError(id, -32_601, "the method does not exist"));
  });
  expect(found.exchanges).toHaveLength(8);
  expect(found.exchanges.some(({ url }) => url.includes("/v1/mcp"))).toBe(false);
  expect(found.confidence).toBe("none");
});

test("one prefix of a front door that gives every question the same page does not hide the server at another", async () => {
  const { found } = await probeHandler(
    (incoming, context) => {
      if (incoming.path.startsWith("/app")) sendText(incoming, 200, "<title>App</title>", page);
      else movedTo("/tools/mcp", modernOnly)(incoming, context);
    },
    { paths: ["/app/*", "/tools/*"] },
  );
  expect(found.confidence).toBe("confirmed");
  expect(new URL(found.url).pathname).toBe("/tools/mcp");
});

describe("a port that is asked by several names", () => {
  const byName =
    (servers: Readonly<Record<string, MockHandler>>): MockHandler =>
    (incoming, context) => {
      const [name = ""] = (incoming.request.headers.host ?? "").split(":");
      const missing: MockHandler = (other) => sendText(other, 404, `Nothing at ${other.path}`);
      (servers[name] ?? missing)(incoming, context);
    };
  const hosts = ["a.example.com", "b.example.com"];
  const slow: MockHandler = (incoming) => sendText(incoming, 429, "slow down");
  const start: MockHandler = (incoming) => {
    if (incoming.request.method === "POST") sendText(incoming, 404, `No ${incoming.path}`);
    else sendJson(incoming, 200, { name: "Jira MCP Server" });
  };

  test("keeps a hint when it is asked to slow down by the next name", async () => {
    const handler = byName({ "a.example.com": start, "b.example.com": slow });
    const { found } = await probeHandler(handler, { hosts });
    expect(found.confidence).toBe("likely");
  });

  test("is unknown when nothing is found by one name and the next is kept from its end", async () => {
    const { found } = await probeHandler(byName({ "b.example.com": slow }), { hosts });
    expect(found).toMatchObject({
      confidence: "unknown",
      because: "The server asks to slow down",
    });
  });

  test("is unknown when nothing is found by one name and the next gets no answer", async () => {
    const cut: MockHandler = ({ request }) => request.socket.destroy();
    const { found } = await probeHandler(byName({ "b.example.com": cut }), { hosts });
    expect(found.confidence).toBe("unknown");
  });
});
