import { describe, expect, test } from "vitest";
import { zpr } from "../../../providers/oci/zpr.ts";
import { parseStatement } from "../../../providers/oci/zpr-statements.ts";
import type { Node } from "../../../providers/reader.ts";
import type { RuleSet } from "../../../src/model/network.ts";
import { after, type Change } from "./changed-case.ts";
import { linesOf, type Loose } from "./world.ts";

const node: Node = {
  value: {},
  pointer: "",
  page: { call: "c", region: "r", params: {}, page: 0, at: "", sha256: "", body: {} },
};
const all = { from: 0, to: 65_535 };
const rulesOf = (text: string) => parseStatement(text, "p#1", node)?.rules;
const to = "in app:net VCN allow '0.0.0.0/0' to connect to app:mcp endpoints";

describe("filters of a statement", () => {
  test.each<[string, Loose]>([
    ["", [{ protocol: "any", ports: all }]],
    [" with protocol='tcp/22'", [{ protocol: "tcp", ports: { from: 22, to: 22 } }]],
    [" with protocol = 'TCP/22-23'", [{ protocol: "tcp", ports: { from: 22, to: 23 } }]],
    [" with protocol 'udp'", [{ protocol: "udp", ports: all }]],
    [" with protocol='17/53'", [{ protocol: "udp", ports: { from: 53, to: 53 } }]],
    [" with protocol='all'", [{ protocol: "any", ports: all }]],
    [" with protocol='icmp', protocol.icmp.type='8'", []],
    [" with connection-state='stateless'", [{ protocol: "any", ports: all, stateless: true }]],
    [
      " with protocol='tcp/22' and protocol='udp/53' with connection-state='stateful'",
      [
        { protocol: "tcp", ports: { from: 22, to: 22 } },
        { protocol: "udp", ports: { from: 53, to: 53 } },
      ],
    ],
    [" with connection-state='open'", undefined],
    [" with protocol='tcp/22' until tomorrow", undefined],
    [" with color='blue'", undefined],
    [" with protocol='tcp/x'", undefined],
  ])("%s", (rest, expected) => {
    expect(rulesOf(`${to}${rest}`)).toEqual(expected);
  });
});

test("machines with the same attributes share their rules, but for those that a range tells apart", () => {
  const statements = [to, "in app:net VCN allow app:web endpoints to connect to '10.0.0.0/24'"];
  const body = { items: [{ name: "p", lifecycleState: "ACTIVE", statements }] };
  const page = { ...node.page, call: "zpr:ListZprPolicies", body };
  const scope = { provider: "oci", id: "t", regions: ["r"] } as const;
  const sets = new Map<string, RuleSet>();
  const found = zpr({ provider: "oci", scope, pages: [page], gaps: [] }, sets);
  const setOf = (address: string): Loose =>
    found.admits(["oracle-zpr.app:net"], ["oracle-zpr.app:mcp"], node, [address])[0];
  expect(setOf("10.0.1.1")).toEqual(setOf("10.0.1.2"));
  expect(sets.size).toBe(1);
  expect(setOf("10.0.0.7").ruleSets).not.toEqual(setOf("10.0.1.1").ruleSets);
});

describe("places of a statement", () => {
  test.each<[string, Loose]>([
    [
      "in app:net VCN allow app:a to connect to app:b",
      { near: "oracle-zpr.app:net", far: "oracle-zpr.app:net" },
    ],
    [
      "allow app:a endpoints in app:x VCN to connect to app:b endpoints in app:y VCN",
      { near: "oracle-zpr.app:x", far: "oracle-zpr.app:y" },
    ],
    ["allow app:a endpoints in app:x VCN to connect to '10.0.0.0/8'", { near: "oracle-zpr.app:x" }],
    ["allow '10.0.0.0/8' to connect to app:b endpoints in app:y VCN", { far: "oracle-zpr.app:y" }],
    ["allow app:a endpoints to connect to app:b endpoints", undefined],
    ["in 10.0.0.0/8 VCN allow app:a to connect to app:b", undefined],
    ["in app:net VCN deny app:a to connect to app:b", undefined],
    ["in app:net VCN allow nobody to connect to app:b", undefined],
  ])("%s", (statement, expected) => {
    const parsed = parseStatement(statement, "p#1", node);
    const { near, far } = parsed ?? {};
    const places = { ...(near && { near }), ...(far && { far }) };
    expect(parsed && places).toEqual(expected);
  });
});

const marked =
  (...statements: string[]): Change =>
  (config) => {
    config.zpr.zprPolicies = [{ name: "p", lifecycleState: "ACTIVE", statements }];
  };
const line = (verdict: string): string => `tcp/8080 ipv4 ${verdict} none direct internet`;

describe("what statements leave", () => {
  test("of a statement without a place nobody knows where it holds", () => {
    const text = "allow '0.0.0.0/0' to connect to app:mcp endpoints";
    expect(linesOf(after("oci-030", marked(text)))).toEqual([line("unknown")]);
  });

  test("a statement that remembers does not mend one beside it that forgets", () => {
    const [forgets, remembers] = [
      `${to} with protocol='tcp/8080', connection-state='stateless'`,
      `${to} with protocol='tcp/9090'`,
    ];
    expect(linesOf(after("oci-030", marked(forgets, remembers)))).toEqual([]);
    const answer = "in app:net VCN allow app:mcp endpoints to connect to '0.0.0.0/0'";
    const other = "in app:net VCN allow app:other endpoints to connect to '0.0.0.0/0'";
    const elsewhere = "in app:other VCN allow app:mcp endpoints to connect to '0.0.0.0/0'";
    expect(linesOf(after("oci-030", marked(forgets, other, elsewhere)))).toEqual([]);
    expect(linesOf(after("oci-030", marked(forgets, answer)))).toEqual([line("reachable")]);
  });

  test("the statement that let someone in is named", () => {
    const { exposures } = after(
      "oci-030",
      marked("in app:net VCN allow app:a to connect to app:b", `${to} with protocol='tcp/8080'`),
    );
    const rules = exposures.flatMap(({ hops }) => hops.map(({ rule }) => rule));
    expect(rules).toContain("p#2");
  });

  test("marks that are no object mark nothing", () => {
    const found = after("oci-030", (config) => {
      config.core.vnics[0].securityAttributes = {
        "oracle-zpr": null,
        other: "x",
        "a.b": { c: {} },
      };
    });
    expect(linesOf(found)).toEqual([line("reachable")]);
  });

  test("a secondary interface does not carry the marks of its instance", () => {
    const found = after("oci-030", (config) => {
      config.core.instances[0].securityAttributes = config.core.vnics[0].securityAttributes;
      delete config.core.vnics[0].securityAttributes;
      config.core.vnics[0].isPrimary = false;
    });
    expect(linesOf(found)).toEqual([line("reachable")]);
  });

  test("networks that were not read may be the ones that a statement names", () => {
    const statement = marked(`${to} with protocol='tcp/8080'`);
    expect(linesOf(after("oci-030", statement, ["core:ListVcns"]))).toEqual([line("unknown")]);
  });
});

describe("a marked front door", () => {
  const front =
    (...statements: string[]): Change =>
    (config) => {
      const app = (value: string) => ({ "oracle-zpr": { app: { value, mode: "enforce" } } });
      config.core.vcns[0].securityAttributes = app("net");
      config.loadBalancer.loadBalancers[0].securityAttributes = app("front");
      config.zpr = {};
      const open = "in app:net VCN allow '0.0.0.0/0' to connect to app:front endpoints";
      marked(open, ...statements)(config);
    };
  const served = (verdict: string): string => `tcp/8000 ipv4 ${verdict} none lb-1 internet`;
  const back = "in app:net VCN allow app:front endpoints to connect to '10.0.2.0/24'";

  test.each<[string, string[], Loose[], string[]]>([
    ["reaches what a statement lets it open", [back], [], [served("reachable")]],
    ["reaches nothing without a statement", [], [], []],
    ["reaches nothing by the statement for another", [back.replace("front", "other")], [], []],
    ["may reach what may be marked itself", [], ["core:GetVnic"], [served("unknown")]],
    ["may reach it in a network that was not read", [back], ["core:ListVcns"], [served("unknown")]],
  ])("%s", (_, statements, gaps, lines) => {
    expect(linesOf(after("oci-040", front(...statements), gaps))).toEqual(lines);
  });
});
