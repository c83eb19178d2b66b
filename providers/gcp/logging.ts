import type { Source } from "../../src/model/finding.ts";
import type { LogSwitch } from "../../src/model/logging.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import { operations } from "./calls-identity.ts";
import type { Machine } from "./compute.ts";
import type { FrontEnd } from "./front-ends.ts";
import { pathOf } from "./links.ts";
import { aggregated, byLink, gapIn } from "./pages.ts";

const subnetCall = "compute.subnetworks.aggregatedList";
const serviceCall = "compute.backendServices.aggregatedList";

type Told = Pick<LogSwitch, "state" | "because" | "source">;

/** Which logs the project keeps, as far as what reachability and permissions read tells. */
export function logging(
  snapshot: Snapshot,
  machines: readonly Machine[],
  fronts: readonly FrontEnd[],
): LogSwitch[] {
  const { id: about } = snapshot.scope;
  const services = doorLogs(snapshot);
  return [
    ...flowLogs(snapshot, machines),
    ...[...new Set(fronts.map(({ name }) => name))].map((name) => doorLog(name, services)),
    {
      kind: "control-plane",
      about,
      state: "on",
      because: "Admin Activity audit logs are always written and cannot be switched off.",
      // https://cloud.google.com/logging/docs/audit#admin-activity
      source: { kind: "rule", id: "gcp:admin-activity" },
    },
    { kind: "data-access", about, ...dataAccess(snapshot) },
    {
      kind: "detection",
      about,
      state: "unknown",
      because:
        "securitycenter.securityCenterServices.list was not asked (unsupported): whether Security Command Center detects threats is not read.",
      source: untold,
    },
  ];
}

function doorLog(about: string, { state, because, source }: Told): LogSwitch {
  return { kind: "front-door", about, state, because, source };
}

const untold: Source = { kind: "rule", id: "gcp:logging" };

/** Subnets of another project are read in the scope that owns them. */
function flowLogs(snapshot: Snapshot, machines: readonly Machine[]): LogSwitch[] {
  const subnets = byLink(aggregated(snapshot, subnetCall, "subnetworks"));
  return machines.map(({ workload, interfaces }): LogSwitch => {
    const base = { kind: "flow", about: workload.id } as const;
    const links = interfaces.map(({ node }) => pathOf(text(node, "subnetwork") ?? ""));
    const known = links.flatMap((link) => subnets.get(link) ?? []);
    const silent = known.find((subnet) => !logsFlows(subnet));
    if (silent) {
      const because = `Flow logs of the subnet ${text(silent, "name") ?? "of the machine"} are off.`;
      return { ...base, state: "off", because, source: sourceOf(silent) };
    }
    const [first] = known;
    if (!first || known.length < links.length) {
      const because = `${subnetCall} does not tell of every subnet of ${workload.name}.`;
      return { ...base, state: "unknown", because, source: workload.source };
    }
    const because = `Flow logs of the subnets of ${workload.name} are on.`;
    return { ...base, state: "on", because, source: sourceOf(first) };
  });
}

/** https://cloud.google.com/compute/docs/reference/rest/v1/subnetworks */
function logsFlows(subnet: Node): boolean {
  const config = at(subnet, "logConfig");
  return (config ? flag(config, "enable") : flag(subnet, "enableFlowLogs")) === true;
}

/** What all backend services have in common holds for each front end, whichever it hands requests to. */
function doorLogs(snapshot: Snapshot): Told {
  const services = aggregated(snapshot, serviceCall, "backendServices");
  const [first] = services;
  if (!first || gapIn(snapshot, serviceCall)) {
    return { state: "unknown", because: `${serviceCall} does not tell of it.`, source: untold };
  }
  const logged = services.filter((service) => {
    const config = at(service, "logConfig");
    return config !== undefined && flag(config, "enable") === true;
  });
  const source = sourceOf(first);
  if (logged.length === 0) {
    return { state: "off", because: "No backend service of the project logs requests.", source };
  }
  return logged.length === services.length
    ? { state: "on", because: "Every backend service of the project logs requests.", source }
    : {
        state: "unknown",
        because: "Only some backend services of the project log requests.",
        source,
      };
}

/** Audit configurations of the project and of everything above it add up. */
function dataAccess(snapshot: Snapshot): Told {
  const calls = [operations.projectPolicy, operations.folderPolicy, operations.organizationPolicy];
  const policies = calls.flatMap((call) => pagesOf(snapshot, call));
  const configs = policies.flatMap((policy) => items(policy, "auditConfigs"));
  const reads = configs.filter((config) =>
    items(config, "auditLogConfigs").some(
      (each) =>
        text(each, "logType") === "DATA_READ" && texts(each, "exemptedMembers").length === 0,
    ),
  );
  const whole = reads.find((config) => text(config, "service") === "allServices");
  if (whole) {
    const because = "Data Access audit logs are on for all services.";
    return { state: "on", because, source: sourceOf(whole) };
  }
  const [some] = configs;
  if (some) {
    const because = "Data Access audit logs are on for some services, or not for everyone.";
    return { state: "unknown", because, source: sourceOf(some) };
  }
  const gap = calls.map((call) => gapIn(snapshot, call)).find((each) => each !== undefined);
  const [policy] = pagesOf(snapshot, operations.projectPolicy);
  if (gap || !policy) {
    const because = gap
      ? `${gap.call} was not read (${gap.reason}).`
      : `${operations.projectPolicy} was not asked.`;
    return { state: "unknown", because, source: untold };
  }
  const because = "No policy of the project or above it switches Data Access audit logs on.";
  return { state: "off", because, source: sourceOf(policy) };
}
