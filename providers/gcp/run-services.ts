import type { IpFamily } from "../../src/model/exposure.ts";
import type { Workload, WorkloadText } from "../../src/model/inventory.ts";
import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import {
  at,
  flag,
  items,
  listed,
  number,
  pagesOf,
  sourceOf,
  text,
  texts,
  type Node,
} from "../reader.ts";
import { labelsOf } from "./compute.ts";
import { invokeGate, type InvokeGate } from "./invoke-gate.ts";

export interface RunService {
  readonly workload: Workload;
  readonly port: number;
  readonly hosts: readonly string[];
  /** Where a path of its URL names it. */
  readonly paths?: readonly string[];
  readonly ingress: string;
  readonly urlDisabled: boolean;
  readonly gate: InvokeGate;
  readonly node: Node;
}

const call = "run.projects.locations.services.list";
const policyCall = "run.projects.locations.services.getIamPolicy";

/** https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services */
export function runServices(snapshot: Snapshot): RunService[] {
  const account = defaultAccount(snapshot);
  return listed(snapshot, call, "services").flatMap((node) => {
    const id = text(node, "name");
    const template = at(node, "template");
    if (id === undefined || !template) return [];
    const containers = items(template, "containers");
    const urls = [text(node, "uri"), ...texts(node, "urls")].flatMap((url) =>
      url === undefined ? [] : [url.replace(/^https:\/\//, "").replace(/\/.*$/, "")],
    );
    return [
      {
        workload: toWorkload(id, node, template, containers, snapshot, account),
        port: portOf(containers),
        hosts: [...new Set(urls)],
        ingress: text(node, "ingress") ?? "INGRESS_TRAFFIC_ALL",
        urlDisabled: flag(node, "defaultUriDisabled") === true,
        gate: gateOf(id, node, snapshot),
        node,
      },
    ];
  });
}

function toWorkload(
  id: string,
  node: Node,
  template: Node,
  containers: readonly Node[],
  snapshot: Snapshot,
  fallback: string | undefined,
): Workload {
  const account = text(template, "serviceAccount") ?? fallback;
  const name = id.slice(id.lastIndexOf("/") + 1);
  return {
    id,
    name,
    kind: "app",
    tags: labelsOf(node),
    provider: "gcp",
    scope: snapshot.scope.id,
    region: /\/locations\/([^/]+)/.exec(id)?.[1] ?? node.page.region,
    state: "running",
    identities:
      account === undefined
        ? []
        : [
            {
              id: account,
              how: "platform",
              verdict: "yes",
              because: `${name} runs as ${account}`,
              source: sourceOf(template),
            },
          ],
    texts: containers.flatMap(textsIn),
    source: sourceOf(node),
  };
}

/** Who a service without an account of its own runs as. https://cloud.google.com/run/docs/securing/service-identity */
function defaultAccount(snapshot: Snapshot): string | undefined {
  const named = pagesOf(snapshot, "compute.projects.get").flatMap(
    (page) => text(page, "defaultServiceAccount") ?? [],
  );
  const numbers = pagesOf(snapshot, "cloudresourcemanager.projects.get").flatMap(
    (page) => /^projects\/(\d+)$/.exec(text(page, "name") ?? "")?.[1] ?? [],
  );
  const derived = numbers.map((each) => `${each}-compute@developer.gserviceaccount.com`);
  return [...named, ...derived][0];
}

function textsIn(container: Node): WorkloadText[] {
  const image = text(container, "image");
  const command = [...texts(container, "command"), ...texts(container, "args")].join(" ");
  const source = sourceOf(container);
  return [
    ...(image === undefined ? [] : [{ kind: "image", text: image, source } as const]),
    ...(command === "" ? [] : [{ kind: "command", text: command, source } as const]),
    ...items(container, "env").map((each): WorkloadText => ({
      kind: "environment",
      text: `${text(each, "name") ?? ""}=${text(each, "value") ?? ""}`,
      source: sourceOf(each),
    })),
  ];
}

/** The one container that has ports receives the requests, on 8080 unless it says otherwise. */
function portOf(containers: readonly Node[]): number {
  const ports = containers.flatMap((container) => items(container, "ports"));
  return (ports[0] && number(ports[0], "containerPort")) ?? 8080;
}

/** Roles with `run.routes.invoke` that may be given to everyone. https://cloud.google.com/run/docs/reference/iam/roles */
const invokers: ReadonlySet<string> = new Set([
  "roles/run.invoker",
  "roles/run.servicesInvoker",
  "roles/run.admin",
]);

function gateOf(id: string, node: Node, snapshot: Snapshot): RunService["gate"] {
  if (flag(node, "iapEnabled") === true) return { auth: "iap", assumptions: [] };
  if (flag(node, "invokerIamDisabled") === true) return { auth: "none", assumptions: [] };
  return invokeGate(id, { call: policyCall, invokers }, snapshot);
}

/** https://cloud.google.com/run/docs/securing/ingress */
export function ingressGate({ ingress, workload, node }: RunService, balanced: boolean): Gate {
  const open =
    ingress === "INGRESS_TRAFFIC_ALL" ||
    (balanced && ingress === "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER");
  return {
    kind: "state",
    code: "INGRESS_SETTING_INTERNAL",
    id: workload.id,
    open,
    because: `the ingress of ${workload.name} is ${ingress}`,
    source: sourceOf(node),
  };
}

const families: readonly IpFamily[] = ["ipv4", "ipv6"];

/** Domains that are mapped to a service, whether its default URL is disabled or not. https://cloud.google.com/run/docs/mapping-custom-domains */
export function mappedDomains(services: readonly RunService[], snapshot: Snapshot): Approach[] {
  return listed(snapshot, "run.projects.locations.domainmappings.list", "items").flatMap(
    (mapping) => {
      const [metadata, spec] = [at(mapping, "metadata"), at(mapping, "spec")];
      const domain = metadata && text(metadata, "name");
      const name = spec && text(spec, "routeName");
      const labels = metadata && at(metadata, "labels");
      const region = labels && text(labels, "cloud.googleapis.com/location");
      const service = services.find(
        ({ workload }) =>
          workload.name === name && (region === undefined || workload.region === region),
      );
      if (!service || domain === undefined) return [];
      const because = `${domain} is mapped to ${service.workload.name}`;
      const gate: Gate = {
        kind: "state",
        code: "FRONTEND_DISABLED",
        id: domain,
        open: isReady(mapping),
        because: isReady(mapping) ? because : `${because}, but is not ready`,
        source: sourceOf(mapping),
      };
      return viaUrl(service, domain, [domain], gate);
    },
  );
}

function isReady(mapping: Node): boolean {
  const status = at(mapping, "status");
  const ready = (status ? items(status, "conditions") : []).find(
    (condition) => text(condition, "type") === "Ready",
  );
  return !ready || text(ready, "status") !== "False";
}

/** The service's own address: `run.app` and `cloudfunctions.net` answer on both families. */
export function ownUrl(service: RunService): Approach[] {
  const { workload, hosts, node, urlDisabled } = service;
  const via = workload.kind === "function" ? "cloudfunctions.net" : "run.app";
  return viaUrl(service, via, hosts, {
    kind: "state",
    code: "FRONTEND_DISABLED",
    id: workload.id,
    open: !urlDisabled,
    because: `the default URL of ${workload.name} is ${urlDisabled ? "disabled" : "enabled"}`,
    source: sourceOf(node),
  });
}

function viaUrl(
  service: RunService,
  via: string,
  hosts: readonly string[],
  enabled: Gate,
): Approach[] {
  const { workload, gate } = service;
  return families.map((family) => ({
    workload: workload.id,
    protocol: ["tcp"],
    via: [via],
    family,
    entryPorts: { from: 443, to: 443 },
    legs: [serviceLeg(service, family, [enabled, ingressGate(service, false)])],
    entry: {
      ...(hosts[0] !== undefined && { name: hosts[0] }),
      hosts,
      paths: service.paths ?? [],
      tls: "https",
    },
    backendTls: "http",
    authGate: gate.auth,
    assumptions: gate.assumptions,
  }));
}

export function serviceLeg(
  { workload, port }: RunService,
  family: IpFamily,
  own: readonly Gate[],
): Leg {
  const platform = workload.kind === "function" ? "Cloud Functions" : "Cloud Run";
  const because = `${platform} delivers to ${workload.name} on port ${port}`;
  return {
    family,
    from: { addresses: "client", groups: [] },
    to: { addresses: [], groups: [] },
    port,
    own,
    stop: { kind: "workload", id: workload.id, because, source: workload.source },
  };
}
