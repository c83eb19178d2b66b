import { describe, expect, test } from "vitest";
import {
  admitAddresses,
  canonicalHost,
  distinctTargets,
  isLoopback,
  parseTarget,
  parseTargetFile,
  targetLimits,
  toTarget,
} from "../../src/audit/probe-targets.ts";
import { PosternError } from "../../src/errors.ts";

const read: readonly (readonly [
  text: string,
  host: string,
  port: number,
  tls: string,
  path: string,
])[] = [
  ["http://127.0.0.1:8000/mcp", "127.0.0.1", 8000, "http", "/mcp"],
  ["https://MCP.Example.com", "mcp.example.com", 443, "https", ""],
  ["http://example.com/", "example.com", 80, "http", ""],
  ["https://[::1]:8443/a/b", "::1", 8443, "https", "/a/b"],
  ["localhost:3000", "localhost", 3000, "unknown", ""],
  ["127.0.0.1:1", "127.0.0.1", 1, "unknown", ""],
  ["127.0.0.1:65535", "127.0.0.1", 65_535, "unknown", ""],
  ["[2001:DB8::7]:443", "2001:db8::7", 443, "unknown", ""],
  ["0x7f.1:80", "127.0.0.1", 80, "unknown", ""],
  ["example.com.:443", "example.com", 443, "unknown", ""],
  ["bücher.example:443", "xn--bcher-kva.example", 443, "unknown", ""],
];

const malformed: readonly string[] = [
  "",
  "127.0.0.1:0",
  "127.0.0.1:65536",
  "127.0.0.1:http",
  "127.0.0.1:80/mcp",
  "a b:80",
  "a\r\nHost: b:80",
  "[::1]:0",
  "[::1",
  "fe80::1%eth0",
  "ftp://example.com/",
  "file:///etc/passwd",
  "https://user:secret@example.com/",
  "https://example.com/mcp?key=secret",
  "https://example.com/#a",
  "http://",
  "300.1.1.1:80",
  `${"a".repeat(targetLimits.text)}:80`,
];

const never: readonly string[] = [
  "169.254.169.254",
  "http://169.254.169.254/latest/meta-data/",
  "http://2852039166/",
  "[::ffff:169.254.169.254]:80",
  "[fd00:ec2::254]:80",
  "[fe80::1]:80",
  "168.63.129.16:80",
  "http://metadata.google.internal/",
  "0.0.0.0:80",
  "224.0.0.1:80",
];

function codeOf(work: () => unknown): string {
  try {
    work();
    return "none";
  } catch (error) {
    return error instanceof PosternError ? error.code : String(error);
  }
}

describe("a target", () => {
  test.each(read)("%s is read as host, port and TLS", (text, host, port, tls, path) => {
    const paths = path === "" ? [] : [path];
    expect(parseTarget(text)).toEqual([{ host, port, tls, paths }]);
  });

  test.each(["localhost", "127.0.0.1", "::1", "[::1]"])(
    "%s without a port stands for the ports where servers are found, the likeliest first",
    (text) => {
      const ports = parseTarget(text).map(({ port }) => port);
      expect(ports.slice(0, 3)).toEqual([443, 80, 8000]);
      expect(ports.length).toBeGreaterThan(10);
    },
  );

  test.each(malformed)("%j is refused as malformed", (text) => {
    expect(codeOf(() => parseTarget(text))).toBe("OPTION_INVALID");
  });

  test.each(never)("%s is never contacted", (text) => {
    expect(codeOf(() => parseTarget(text))).toBe("TARGET_REFUSED");
  });

  test("credentials in a URL are not repeated in the error", () => {
    expect(() => parseTarget("https://user:hunter2@example.com/")).toThrow(
      /^(?!.*hunter2).*credentials/,
    );
  });

  test("what checks the Host header is asked by address first, not as localhost", () => {
    const [named] = parseTarget("localhost:3000");
    expect(toTarget(named!, "127.0.0.1")).toMatchObject({ address: "127.0.0.1", hosts: [] });
  });

  test("a name goes out as Host while the pinned address is dialled", () => {
    const [named] = parseTarget("https://mcp.example.com/x");
    const target = toTarget(named!, "192.0.2.7");
    expect(target).toMatchObject({
      address: "192.0.2.7",
      hosts: ["mcp.example.com"],
      paths: ["/x"],
    });
    expect(target.connect).toBeUndefined();
  });

  test("a redirected one keeps its own address in evidence", () => {
    const [named] = parseTarget("192.0.2.7:443");
    expect(toTarget(named!, "127.0.0.1", 8443)).toMatchObject({
      address: "192.0.2.7",
      port: 443,
      connect: { address: "127.0.0.1", port: 8443 },
    });
  });
});

describe("a file of targets", () => {
  test("holds one a line, with comments and blank lines", () => {
    const named = parseTargetFile("t", "# mine\n127.0.0.1:80\r\n\n  [::1]:81  \n");
    expect(named.map(({ port }) => port)).toEqual([80, 81]);
  });

  test("names the line of what it cannot read", () => {
    expect(() => parseTargetFile("t.txt", "127.0.0.1:80\nnonsense here\n")).toThrow(/^t\.txt:2: /);
  });
});

test("each target counts once, and more than the limit are refused", () => {
  const many = (count: number) =>
    Array.from(
      { length: count },
      (_, index) => parseTarget(`127.0.${index >> 8}.${index & 255}:80`)[0]!,
    );
  expect(distinctTargets([...many(3), ...many(3)])).toHaveLength(3);
  expect(distinctTargets(many(targetLimits.targets))).toHaveLength(targetLimits.targets);
  expect(codeOf(() => distinctTargets(many(targetLimits.targets + 1)))).toBe("OPTION_INVALID");
});

const admitted: readonly (readonly [
  addresses: [string, ...string[]],
  owned: boolean,
  code: string,
])[] = [
  [["127.0.0.1"], false, "none"],
  [["127.0.0.1", "::1"], false, "none"],
  [["127.255.255.254"], false, "none"],
  [["::ffff:127.0.0.1"], false, "none"],
  [["126.255.255.255"], false, "TARGET_REFUSED"],
  [["128.0.0.1"], false, "TARGET_REFUSED"],
  [["::2"], false, "TARGET_REFUSED"],
  [["10.0.0.1"], false, "TARGET_REFUSED"],
  [["127.0.0.1", "192.0.2.7"], false, "TARGET_REFUSED"],
  [["192.0.2.7"], true, "none"],
  [["10.0.0.1"], true, "none"],
  [["192.0.2.7", "169.254.169.254"], true, "TARGET_REFUSED"],
  [["127.0.0.1", "fe80::1"], true, "TARGET_REFUSED"],
];

test.each(admitted)("a host at %j, ownership %s: %s", (addresses, owned, code) => {
  expect(codeOf(() => admitAddresses("host.example", addresses, owned))).toBe(code);
});

test.each([
  ["2001:0DB8:0::7", "2001:db8::7"],
  ["Example.COM.", "example.com"],
  ["0x7f.1", "127.0.0.1"],
  ["not a host", "not a host"],
])("%s is spelt %s wherever hosts are compared", (given, spelt) => {
  expect(canonicalHost(given)).toBe(spelt);
});

test("a name is no loopback address, whatever it looks like", () => {
  expect(isLoopback("127.0.0.1.example.com")).toBe(false);
  expect(isLoopback("localhost")).toBe(false);
});
