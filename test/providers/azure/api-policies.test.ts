import { describe, expect, test } from "vitest";
import { policyElements } from "../../../providers/azure/policy-elements.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { api, base, lines, open, policy, service, serviceOf, told } from "./api-estate.ts";

describe("policies of an MCP server", () => {
  const withPolicies = (...policies: JsonObject[]): JsonObject[] => [
    serviceOf(),
    api("orders", { subscriptionRequired: true }),
    ...policies,
  ];

  test.each<[string, string, string]>([
    [
      "a token",
      `<base /><validate-jwt header-name="Authorization"><audiences /></validate-jwt>`,
      "jwt",
    ],
    ["a token of Entra", `<validate-azure-ad-token tenant-id='t' />`, "jwt"],
    ["a certificate", `<validate-client-certificate />`, "mtls"],
    ["a key, which is the server's own to ask for", `<check-header name="x" />`, "none"],
    ["nothing where the statement is no policy's", `<constructor />`, "none"],
    ["nothing where the statement is a comment", `<!-- <validate-jwt /> -->`, "none"],
  ])("may ask for %s", (_, inbound, gate) => {
    expect(lines(withPolicies(policy(inbound)))).toEqual([
      `orders via apim 443 ${gate} reachable internet`,
    ]);
  });

  test("take those of the service in where they say so, or where there are none", () => {
    const global = policy(`<validate-jwt />`, service);
    const gated = ["orders via apim 443 jwt reachable internet"];
    expect(lines(withPolicies(global))).toEqual(gated);
    expect(lines(withPolicies(global, policy(`<base />`)))).toEqual(gated);
    expect(lines(withPolicies(global, policy(`<set-header name="x" />`)))).toEqual([open]);
  });

  test("limit who comes by address", () => {
    const filter = (action: string): JsonObject =>
      policy(
        `<ip-filter action="${action}"><address>198.51.100.7</address><address-range from="203.0.113.0" to="203.0.113.15" /></ip-filter>`,
      );
    expect(lines(withPolicies(filter("allow")))).toEqual([
      "orders via apim 443 none reachable 198.51.100.7/32,203.0.113.0/28",
    ]);
    const [left] = lines(withPolicies(filter("forbid")));
    expect(left).not.toContain("198.51.100.7/32");
    expect(left).toContain("203.0.113.16/28");
    const unknown = policy(`<ip-filter action="allow"><address>@(x)</address></ip-filter>`);
    expect(lines(withPolicies(unknown))).toEqual(["orders via apim 443 none unknown internet"]);
  });

  test("that answer by themselves leave nothing behind them", () => {
    expect(lines(withPolicies(policy(`<return-response />`)))).toEqual([]);
    const some = policy(`<choose><when condition="@(a > b)"><return-response /></when></choose>`);
    expect(lines(withPolicies(some))).toEqual([open]);
  });

  test.each([
    ["conditions", `<choose><when condition="x"><validate-jwt /></when></choose>`, /some requests/],
    ["fragments", `<include-fragment fragment-id="f" />`, /fragment f/],
    ["what cannot be read", `<set-body>`, /cannot be read/],
  ])("leave %s as an assumption", (_, inbound, words) => {
    const [found] = told(withPolicies(policy(inbound)));
    expect(found).toMatchObject({ line: open, assumptions: [expect.stringMatching(words)] });
  });

  test("of the service that cannot be read are an assumption where they count", () => {
    const broken = policy(`<set-body>`, service);
    const of = (...own: string[]) =>
      told(withPolicies(broken, ...own.map((each) => policy(each)))).map(
        ({ line, assumptions }) => `${line.split(" ")[4]} ${assumptions.length}`,
      );
    expect(of()).toEqual(["none 1"]);
    expect(of("<base />")).toEqual(["none 1"]);
    expect(of("<base /><validate-jwt />")).toEqual(["jwt 1"]);
    expect(of("<set-header />")).toEqual(["none 0"]);
  });

  test("of the service are not taken in where it was denied whether they count", () => {
    const global = policy(`<validate-jwt /><ip-filter action="allow" />`, service);
    const denied = ["Microsoft.ApiManagement/service/apis/policies"];
    const [found, ...others] = told(withPolicies(global), denied);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      line: open,
      assumptions: [expect.stringContaining("apis/policies/read was not read")],
    });
  });

  test("that were denied are an assumption too", () => {
    const calls = [
      "Microsoft.ApiManagement/service/policies",
      "Microsoft.ApiManagement/service/apis/policies",
    ];
    const [found] = told(withPolicies(policy(`<validate-jwt />`)), calls);
    expect(found?.line).toBe(open);
    expect(found?.assumptions).toEqual(
      calls.toSorted().map((call) => expect.stringContaining(`${call}/read was not read`)),
    );
  });

  test("are read as elements, with what stands between them", () => {
    expect(policyElements(`<a x="1 > 0" y='2'>t<b/></a>`)).toEqual([
      {
        name: "a",
        attributes: { x: "1 > 0", y: "2" },
        text: "t",
        children: [{ name: "b", attributes: {}, text: "", children: [] }],
      },
    ]);
    expect(policyElements("<a><b></a></b>")).toBeUndefined();
    expect(policyElements("</a>")).toBeUndefined();
    expect(policyElements(`${"<a>".repeat(60)}${"</a>".repeat(60)}`)).toHaveLength(1);
    expect(policyElements(`${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}`)).toBeUndefined();
  });
});

describe("what an MCP server passes requests on to", () => {
  const site: JsonObject[] = [
    {
      id: `${base}/Microsoft.Web/sites/fn`,
      name: "fn",
      type: "Microsoft.Web/sites",
      kind: "functionapp,linux",
      properties: { state: "Running", httpsOnly: true, defaultHostName: "fn.azurewebsites.net" },
    },
    {
      id: `${base}/Microsoft.Web/sites/fn/config/web`,
      name: "web",
      type: "Microsoft.Web/sites/config",
      properties: {
        ipSecurityRestrictions: [
          { ipAddress: "20.8.8.8/32", action: "Allow", priority: 100, name: "a" },
        ],
      },
    },
  ];
  const backend = (name: string, properties: JsonObject): JsonObject => ({
    id: `${service}/backends/${name}`,
    name,
    type: "Microsoft.ApiManagement/service/backends",
    properties,
  });
  const through = "fn via apim 443 none reachable internet";

  test.each<[string, JsonObject[]]>([
    ["its own address", [api("orders", { serviceUrl: "https://fn.azurewebsites.net/x" })]],
    [
      "a backend by name",
      [api("orders", { backendId: "B" }), backend("b", { url: "https://fn.azurewebsites.net" })],
    ],
    [
      "a pool of backends",
      [
        api("orders", { backendId: `${service}/backends/pool` }),
        backend("pool", { type: "Pool", pool: { services: [{ id: `${service}/backends/b` }] } }),
        backend("b", { url: "https://fn.azurewebsites.net" }),
      ],
    ],
    [
      "the API that its tools are made of",
      [
        api("orders", { mcpTools: [{ name: "t", operationId: "/apis/rest/operations/get" }] }),
        api("rest", { type: "http", serviceUrl: "https://fn.azurewebsites.net" }),
      ],
    ],
  ])("is reached from the gateway's address, by %s", (_, others) => {
    expect(lines([serviceOf(), ...site, ...others])).toContain(through);
  });

  test.each(["service", "service/apis", "service/backends"])(
    "is unknown where the list of %s was denied, and as it was where it turns nobody away",
    (type) => {
      const others = [
        api("orders", { backendId: "b" }),
        backend("b", { url: "https://x.example" }),
      ];
      const found = lines([serviceOf(), ...site, ...others], [`Microsoft.ApiManagement/${type}`]);
      expect(found).toContain("fn via API Management 443 none unknown internet");
      const plain = lines(site.slice(0, 1), [`Microsoft.ApiManagement/${type}`]);
      expect(plain).toEqual(["fn via app-service 443 none reachable internet"]);
    },
  );

  test("is not reached by tools that are made of an API of the same name in another service", () => {
    const rest = api("rest", { type: "http", serviceUrl: "https://fn.azurewebsites.net" });
    const others = [
      api("orders", { mcpTools: [{ name: "t", operationId: "/apis/rest/operations/get" }] }),
      { ...rest, id: `${service}-2/apis/rest` },
    ];
    expect(lines([serviceOf(), ...site, ...others])).not.toContain(through);
  });

  test("stays closed to a gateway of another address", () => {
    const elsewhere = serviceOf({ publicIPAddresses: ["20.8.8.9"] });
    const others = [api("orders", { serviceUrl: "https://fn.azurewebsites.net" })];
    expect(lines([elsewhere, ...site, ...others])).not.toContain(through);
  });
});
