import { afterAll, describe, expect, test } from "vitest";
import { createRequire } from "node:module";
import { startAwsMock, type AwsMock } from "../../mocks/aws/index.ts";
import { withOwnNames } from "../../providers/aws/dns.ts";
import type { Json } from "../../src/model/json.ts";
import type { Approach } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";

const balancer = "mcp-1.eu-west-1.elb.amazonaws.com";
const entry = (changes: Partial<Approach["entry"]>, port = 443): Approach => ({
  workload: "i-1",
  protocol: ["tcp"],
  via: [],
  entryPorts: { from: port, to: port },
  legs: [],
  family: "ipv4",
  entry: { hosts: [], paths: [], tls: "https", ...changes },
  backendTls: "http",
  authGate: "none",
  assumptions: [],
});
const snapshotOf = (bodies: Readonly<Record<string, Json>>): Snapshot => ({
  provider: "aws",
  scope: { provider: "aws", id: "111122223333", regions: ["eu-west-1"] },
  gaps: [],
  pages: Object.entries(bodies).map(([call, body]) => ({
    call,
    region: "eu-west-1",
    params: {},
    body,
    requestId: "r",
    at: "2026-11-22T00:00:00Z",
    sha256: "0",
    page: 0,
  })),
});
const records = (...ResourceRecordSets: Json[]): Readonly<Record<string, Json>> => ({
  "route53:ListResourceRecordSets": { ResourceRecordSets },
});
const alias = (Name: string, DNSName: string, more: object = {}): Json => ({
  Name,
  Type: "A",
  AliasTarget: { DNSName, HostedZoneId: "Z", EvaluateTargetHealth: false },
  ...more,
});
const plain = (Name: string, Type: string, Value: string): Json => ({
  Name,
  Type,
  ResourceRecords: [{ Value }],
});
const certificate = (...names: string[]): Readonly<Record<string, Json>> => ({
  "elbv2:DescribeLoadBalancers": {
    LoadBalancers: [{ LoadBalancerArn: "arn:lb", DNSName: balancer }],
  },
  "elbv2:DescribeListeners": {
    Listeners: [
      {
        ListenerArn: "l",
        LoadBalancerArn: "arn:lb",
        Port: 443,
        Certificates: [{ CertificateArn: "c" }],
      },
    ],
  },
  "acm:ListCertificates": {
    CertificateSummaryList: [
      { CertificateArn: "c", DomainName: names[0] ?? "", SubjectAlternativeNameSummaries: names },
    ],
  },
});

describe("names of an entry", () => {
  test.each<[string, Approach, Readonly<Record<string, Json>>, readonly string[]]>([
    [
      "an alias of a balancer, as the console writes it",
      entry({ name: balancer }),
      records(alias("MCP.example.com.", `dualstack.${balancer}.`)),
      ["mcp.example.com"],
    ],
    [
      "a record of an address",
      entry({ address: "52.1.2.3" }),
      records(plain("a.example.com.", "A", "52.1.2.3"), plain("b.example.com.", "A", "52.1.2.4")),
      ["a.example.com"],
    ],
    [
      "a record of a record",
      entry({ address: "52.1.2.3" }),
      records(
        plain("a.example.com.", "A", "52.1.2.3"),
        plain("b.example.com.", "CNAME", "a.example.com"),
      ),
      ["a.example.com", "b.example.com"],
    ],
    [
      "a circle of records",
      entry({ address: "52.1.2.3" }),
      records(
        plain("a.example.com.", "A", "52.1.2.3"),
        plain("b.example.com.", "CNAME", "a.example.com"),
        plain("a.example.com.", "CNAME", "b.example.com"),
      ),
      ["a.example.com", "b.example.com"],
    ],
    ["no wildcard", entry({ name: balancer }), records(alias("*.example.com.", balancer)), []],
    [
      "no record that is taken out",
      entry({ name: balancer }),
      records(alias("a.example.com.", balancer, { Weight: 0, SetIdentifier: "x" })),
      [],
    ],
    [
      "no text record",
      entry({ address: "52.1.2.3" }),
      records(plain("a.example.com.", "TXT", "52.1.2.3")),
      [],
    ],
    [
      "of a rule's hosts only the names that fit",
      entry({ name: balancer, hosts: ["*.example.com"] }),
      records(alias("a.example.com.", balancer), alias("a.example.org.", balancer)),
      ["*.example.com", "a.example.com"],
    ],
    [
      "the certificate of the listener",
      entry({ name: balancer }),
      certificate("mcp.example.com", "*.example.com"),
      ["mcp.example.com"],
    ],
    [
      "not that of another listener",
      entry({ name: balancer }, 8443),
      certificate("mcp.example.com"),
      [],
    ],
    ["nothing for an unnamed entry", entry({}), records(alias("a.example.com.", balancer)), []],
  ])("%s", (_, approach, bodies, expected) => {
    const [found] = withOwnNames([approach], snapshotOf(bodies));
    expect(found?.entry.hosts).toEqual(expected);
    expect(found?.entry.address).toBe(approach.entry.address);
  });

  test("at most twenty", () => {
    const many = Array.from({ length: 60 }, (_, at) =>
      plain(`n${at}.example.com.`, "A", "52.1.2.3"),
    );
    const [found] = withOwnNames([entry({ address: "52.1.2.3" })], snapshotOf(records(...many)));
    expect(found?.entry.hosts).toHaveLength(20);
  });
});

const open: AwsMock[] = [];
afterAll(async () => {
  await Promise.all(open.map((mock) => mock.close()));
});

test("the mock answers as the clients of Route 53 and ACM read it", async () => {
  const mock = await startAwsMock({
    account: "111122223333",
    regions: {
      "us-east-1": {
        acm: {
          ListCertificates: {
            CertificateSummaryList: [{ CertificateArn: "c", DomainName: "a.b" }],
          },
        },
      },
    },
    global: {
      route53: {
        ListHostedZones: {
          HostedZones: [
            {
              Id: "/hostedzone/Z1",
              Name: "b.",
              CallerReference: "x",
              Config: { PrivateZone: false },
            },
          ],
          IsTruncated: false,
        },
        ListResourceRecordSets: {
          Z1: { ResourceRecordSets: [plain("a.b.", "A", "52.1.2.3")], IsTruncated: false },
        },
      },
    },
  });
  open.push(mock);
  const load = createRequire(import.meta.url);
  const common = {
    endpoint: mock.url,
    region: "us-east-1",
    maxAttempts: 1,
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "x" },
  };
  const dns = load("@aws-sdk/client-route-53");
  const client = new dns.Route53Client(common);
  const zones = await client.send(new dns.ListHostedZonesCommand({ MaxItems: 100 }));
  expect(zones.HostedZones[0].Config.PrivateZone).toBe(false);
  const sets = await client.send(
    new dns.ListResourceRecordSetsCommand({ HostedZoneId: "/hostedzone/Z1", MaxItems: 300 }),
  );
  expect(sets.ResourceRecordSets[0].ResourceRecords[0].Value).toBe("52.1.2.3");
  const acm = load("@aws-sdk/client-acm");
  const certificates = await new acm.ACMClient(common).send(new acm.ListCertificatesCommand({}));
  expect(certificates.CertificateSummaryList[0].DomainName).toBe("a.b");
});
