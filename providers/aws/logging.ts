import type { Source } from "../../src/model/finding.ts";
import type { LogSwitch } from "../../src/model/logging.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, listed, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import type { Interfaces } from "./interfaces.ts";
import { missingIn, pagesBy } from "./pages.ts";
import { attributesOf } from "./target-groups.ts";
import { trailSwitches } from "./trails.ts";

const flowCall = "ec2:DescribeFlowLogs";
const attributesCall = "elbv2:DescribeLoadBalancerAttributes";
const classicCall = "elb:DescribeLoadBalancerAttributes";
const detectorsCall = "guardduty:ListDetectors";
const detectorCall = "guardduty:GetDetector";

/** Where no object tells the state of a log. */
const untold: Source = { kind: "rule", id: "aws:logging" };

/** Which logs the account keeps of what happens to its workloads. */
export function logging(
  snapshot: Snapshot,
  workloads: readonly Workload[],
  known: Interfaces,
): LogSwitch[] {
  const regions = [...new Set(snapshot.pages.map(({ region }) => region))]
    .filter((region) => region !== "global")
    .toSorted();
  return [
    ...flowLogs(snapshot, workloads, known),
    ...balancerLogs(snapshot),
    ...classicLogs(snapshot),
    ...regions.flatMap((region) => trailSwitches(snapshot, region)),
    ...regions.map((region) => detection(snapshot, region)),
  ];
}

/** A log of an interface, its subnet or its network, of packets that were let in, and that arrives. */
function flowLogs(
  snapshot: Snapshot,
  workloads: readonly Workload[],
  known: Interfaces,
): LogSwitch[] {
  const logs = new Map<string, Node>();
  for (const log of listed(snapshot, flowCall, "FlowLogs")) {
    const about = text(log, "ResourceId");
    if (about !== undefined && delivers(log)) logs.set(about, log);
  }
  return workloads.flatMap(({ id, name, region }): LogSwitch[] => {
    const own = known.byInstance.get(id) ?? [];
    const page = pagesOf(snapshot, flowCall).find((one) => one.page.region === region);
    if (own.length === 0) return [];
    const base = { kind: "flow", about: id, region } as const;
    const silent = own.find((each) => !logOf(each, logs));
    const log = own[0] && logOf(own[0], logs);
    if (!silent && log) {
      const because = `${text(log, "FlowLogId") ?? "A flow log"} records the packets of ${name}.`;
      return [{ ...base, state: "on", because, source: sourceOf(log) }];
    }
    const missing = missingIn(snapshot, flowCall, {}, region);
    if (missing !== undefined || !page) {
      return [{ ...base, state: "unknown", because: missing ?? flowCall, source: untold }];
    }
    const because = `No active flow log speaks about ${silent?.id ?? id}, its subnet or its network.`;
    return [{ ...base, state: "off", because, source: sourceOf(page) }];
  });
}

function logOf(
  { id, subnet, vpc }: { readonly id: string; readonly subnet: string; readonly vpc: string },
  logs: ReadonlyMap<string, Node>,
): Node | undefined {
  return logs.get(id) ?? logs.get(subnet) ?? logs.get(vpc);
}

/** A log of rejected packets alone shows nobody who came in. */
function delivers(log: Node): boolean {
  return (
    text(log, "FlowLogStatus") === "ACTIVE" &&
    text(log, "DeliverLogsStatus") !== "FAILED" &&
    text(log, "TrafficType") !== "REJECT"
  );
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html */
function balancerLogs(snapshot: Snapshot): LogSwitch[] {
  const pages = pagesBy(snapshot, attributesCall, "LoadBalancerArn");
  return listed(snapshot, "elbv2:DescribeLoadBalancers", "LoadBalancers").flatMap(
    (node): LogSwitch[] => {
      const arn = text(node, "LoadBalancerArn");
      const name = text(node, "LoadBalancerName") ?? arn;
      const [page] = pages.get(arn ?? "") ?? [];
      if (arn === undefined || name === undefined) return [];
      const { region } = node.page;
      const base = { kind: "front-door", about: name, region } as const;
      const enabled = page && attributesOf([page]).get("access_logs.s3.enabled");
      if (!page || enabled === undefined) {
        const because =
          missingIn(snapshot, attributesCall, { LoadBalancerArn: arn }, region) ??
          `${attributesCall} does not tell whether ${name} keeps access logs.`;
        return [{ ...base, state: "unknown", because, source: sourceOf(node) }];
      }
      const source = sourceOf(page);
      if (enabled !== "true") {
        return [{ ...base, state: "off", because: `Access logs of ${name} are off.`, source }];
      }
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html
      return text(node, "Type") === "network"
        ? [
            {
              ...base,
              state: "unknown",
              because: `Access logs of ${name} are on, but a network balancer logs requests to TLS listeners only.`,
              source,
            },
          ]
        : [{ ...base, state: "on", because: `Access logs of ${name} are on.`, source }];
    },
  );
}

function classicLogs(snapshot: Snapshot): LogSwitch[] {
  const pages = pagesBy(snapshot, classicCall, "LoadBalancerName");
  const all = listed(snapshot, "elb:DescribeLoadBalancers", "LoadBalancerDescriptions");
  return all.flatMap((node): LogSwitch[] => {
    const about = text(node, "LoadBalancerName");
    if (about === undefined) return [];
    const { region } = node.page;
    const base = { kind: "front-door", about, region } as const;
    const page = pages.get(about)?.find((one) => one.page.region === region);
    const attributes = page && at(page, "LoadBalancerAttributes");
    const log = attributes && at(attributes, "AccessLog");
    const on = log && flag(log, "Enabled");
    if (!log || on === undefined) {
      const because =
        missingIn(snapshot, classicCall, { LoadBalancerName: about }, region) ??
        `${classicCall} does not tell whether ${about} keeps access logs.`;
      return [{ ...base, state: "unknown", because, source: sourceOf(node) }];
    }
    const because = `Access logs of ${about} are ${on ? "on" : "off"}.`;
    return [{ ...base, state: on ? "on" : "off", because, source: sourceOf(log) }];
  });
}

function detection(snapshot: Snapshot, region: string): LogSwitch {
  const base = { kind: "detection", about: snapshot.scope.id, region } as const;
  const here = ({ page }: Node): boolean => page.region === region;
  const detectors = pagesOf(snapshot, detectorCall).filter(here);
  const on = detectors.find((detector) => text(detector, "Status") === "ENABLED");
  if (on) {
    const because = `GuardDuty is on in ${region}.`;
    return { ...base, state: "on", because, source: sourceOf(on) };
  }
  const list = pagesOf(snapshot, detectorsCall).find(here);
  const ids = list ? texts(list, "DetectorIds") : [];
  const missing = [
    missingIn(snapshot, detectorsCall, {}, region),
    ...ids.map((DetectorId) => missingIn(snapshot, detectorCall, { DetectorId }, region)),
  ].find((because) => because !== undefined);
  if (!list || missing !== undefined) {
    return { ...base, state: "unknown", because: missing ?? detectorsCall, source: untold };
  }
  const because = `GuardDuty has no enabled detector in ${region}.`;
  return { ...base, state: "off", because, source: sourceOf(list) };
}
