import { describe, expect, test } from "vitest";
import { isFrontDoorPage } from "../../src/probe/front-door.ts";
import { certificateNames, hasName, rankedNames } from "../../src/probe/host-names.ts";
import { targetAt } from "./target.ts";
import { reply } from "./reply.ts";

describe("the names of a target", () => {
  test("are asked with those that speak of MCP first and the address last", () => {
    const hosts = ["127.0.0.1", "a.example.com", "MCP.example.com", "b.example.com"];
    expect(rankedNames(targetAt(80, { hosts }))).toEqual([
      "MCP.example.com",
      "a.example.com",
      "b.example.com",
      "127.0.0.1",
    ]);
  });

  test("are asked up to five", () => {
    const hosts = ["a.b", "c.d", "e.f", "g.h", "i.j", "k.l"];
    expect(rankedNames(targetAt(80, { hosts }))).toEqual(hosts.slice(0, 5));
  });

  const longest = `${"a".repeat(249)}.com`;
  test.each([
    "",
    `a${longest}`,
    "*.example.com",
    "a/b.example.com",
    "a\\b.example.com",
    "a@b.example.com",
    "a?b.example.com",
    "a#b.example.com",
    "a b.example.com",
    "a\r\nb.example.com",
    "ä.example.com",
  ])("are not asked when they are no name: %j", (name) => {
    expect(rankedNames(targetAt(80, { hosts: [name] }))).toEqual([]);
    expect(hasName(targetAt(80, { hosts: [name] }))).toBe(false);
    expect(certificateNames([name], [])).toEqual([]);
  });

  test("may have 253 characters", () => {
    expect(rankedNames(targetAt(80, { hosts: [longest] }))).toEqual([longest]);
  });

  test.each([
    [["a.example.com"], "203.0.113.7", true],
    [["lb.example.com"], "lb.example.com", true],
    [["LB.example.COM"], "LB.example.COM", true],
    [["web"], "203.0.113.7", true],
    [["203.0.113.7"], "203.0.113.7", false],
    [["2001:db8::1"], "2001:db8::1", false],
    [["203.0.113.7", "a.example.com"], "203.0.113.7", true],
    [[], "lb.example.com", false],
  ])("%j of %s are more than the address: %s", (hosts, address, named) => {
    expect(hasName(targetAt(80, { hosts, address }))).toBe(named);
  });
});

describe("the names of a certificate", () => {
  test("are asked once, in lower case, and only those that were not", () => {
    const names = ["A.example.com", "a.example.com", "B.example.com", "c.example.com"];
    expect(certificateNames(names, ["b.EXAMPLE.com"])).toEqual(["a.example.com", "c.example.com"]);
  });

  test.each(["127.0.0.1", "::1", "localhost", "a.example.1", "*.example.com"])(
    "are asked only when they are domains: %s is none",
    (name) => {
      expect(certificateNames([name], [])).toEqual([]);
    },
  );

  test.each([
    [0, 5],
    [1, 4],
    [4, 1],
    [5, 0],
    [6, 0],
  ])("after %d names are asked up to %d", (asked, more) => {
    const names = Array.from({ length: 9 }, (_, index) => `n${index}.example.com`);
    const before = Array.from({ length: asked }, (_, index) => `b${index}.example.com`);
    expect(certificateNames(names, before)).toEqual(names.slice(0, more));
  });
});

describe("a page of a front door", () => {
  test.each<[Readonly<Record<string, string>>, string, boolean]>([
    [{ "x-azure-ref": "" }, "", true],
    [{ server: "awselb/2.0" }, "", true],
    [{ server: "CloudFront" }, "", true],
    [{ server: "cloudflare" }, "", true],
    [{ server: "Microsoft-Azure-Application-Gateway/v2" }, "", true],
    [{ server: "istio-envoy" }, "", true],
    [{ server: "envoy" }, "", true],
    [{ server: "Kong/3.0" }, "", true],
    [{ server: "Google Frontend" }, "", true],
    [{ server: "nginx" }, "", false],
    [{ server: "my-envoy" }, "", false],
    [{}, "Default backend - 404", true],
    [{}, "response 404 (backend NotFound), service rules", true],
    [{}, '{"message":"no Route matched with those values"}', true],
    [{}, "Error 404 - This Container App is stopped or does not exist.", true],
    [{}, "fault filter abort", true],
    [{}, "Not Found", false],
    [{}, `${" ".repeat(4096 - 18)}fault filter abort`, true],
    [{}, `${" ".repeat(4096 - 17)}fault filter abort`, false],
  ])("%j %s: %s", (headers, body, told) => {
    expect(isFrontDoorPage(reply(404, headers, body))).toBe(told);
  });
});
