import { ipFamilies } from "../../src/model/exposure.ts";
import type { Workload, WorkloadText } from "../../src/model/inventory.ts";
import type { Approach, Gate } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, number, pagesOf, sourceOf, text, type Node } from "../reader.ts";
import { doorLeg, https, insideOnly, toWorkload } from "./front-doors.ts";
import { environmentOf, roleOf } from "./functions.ts";

/** https://docs.aws.amazon.com/apprunner/latest/api/API_ImageConfiguration.html */
const defaultPort = 8080;

export interface AppRunnerService {
  readonly workload: Workload;
  readonly host?: string;
  readonly port: number;
  readonly node: Node;
}

/** https://docs.aws.amazon.com/apprunner/latest/api/API_Service.html */
export function appRunnerServices(snapshot: Snapshot): AppRunnerService[] {
  return pagesOf(snapshot, "apprunner:DescribeService").flatMap((page) => {
    const node = at(page, "Service");
    const id = node && text(node, "ServiceArn");
    if (!node || id === undefined) return [];
    const settings = settingsOf(node);
    const instance = at(node, "InstanceConfiguration");
    const host = text(node, "ServiceUrl")
      ?.replace(/^https:\/\//, "")
      .replace(/\/$/, "");
    return [
      {
        workload: {
          id,
          name: text(node, "ServiceName") ?? id,
          kind: "app",
          tags: {},
          provider: "aws",
          scope: snapshot.scope.id,
          region: page.page.region,
          state: stateOf(text(node, "Status")),
          identities: instance
            ? roleOf(instance, "InstanceRoleArn", "the instances of the service have the role")
            : [],
          texts: settings ? textsOf(node, settings) : [],
          source: sourceOf(node),
        },
        ...(host !== undefined && { host }),
        port: (settings && number(settings, "Port")) ?? defaultPort,
        node,
      },
    ];
  });
}

function stateOf(status: string | undefined): Workload["state"] {
  if (status === "RUNNING" || status === undefined) return "running";
  return status === "OPERATION_IN_PROGRESS" ? "unknown" : "stopped";
}

function settingsOf(node: Node): Node | undefined {
  const source = at(node, "SourceConfiguration");
  const image = source && at(source, "ImageRepository");
  const code = source && at(source, "CodeRepository");
  const configured = code && at(code, "CodeConfiguration");
  return (
    (image && at(image, "ImageConfiguration")) ??
    (configured && at(configured, "CodeConfigurationValues"))
  );
}

function textsOf(node: Node, settings: Node): WorkloadText[] {
  const source = at(node, "SourceConfiguration");
  const repository = source && at(source, "ImageRepository");
  const image = repository && text(repository, "ImageIdentifier");
  const command = text(settings, "StartCommand");
  const variables = at(settings, "RuntimeEnvironmentVariables");
  return [
    ...(image !== undefined && repository
      ? [{ kind: "image", text: image, source: sourceOf(repository) } as const]
      : []),
    ...(command === undefined
      ? []
      : [{ kind: "command", text: command, source: sourceOf(settings) } as const]),
    ...(variables ? environmentOf(variables) : []),
  ];
}

/** A private service answers inside its VPC only. https://docs.aws.amazon.com/apprunner/latest/dg/network-pl.html */
export function appRunnerIngress({ workload, node }: AppRunnerService): Gate[] {
  const network = at(node, "NetworkConfiguration");
  const ingress = network && at(network, "IngressConfiguration");
  const open = (ingress && flag(ingress, "IsPubliclyAccessible")) ?? true;
  const because = `${workload.name} is not publicly accessible`;
  return open ? [] : insideOnly(workload.name, because, node);
}

export function appRunnerApproaches(service: AppRunnerService): Approach[] {
  const { workload, host, port, node } = service;
  const network = at(node, "NetworkConfiguration");
  const dual = network && text(network, "IpAddressType") === "DUAL_STACK";
  const own = appRunnerIngress(service);
  return (dual ? ipFamilies : (["ipv4"] as const)).map((family) =>
    toWorkload(
      {
        family,
        protocol: ["tcp"],
        via: ["apprunner"],
        legs: [
          doorLeg(family, "apprunner", node, own, `${workload.name} has an address of its own`),
        ],
        entry: { ...(host !== undefined && { address: host }), hosts: [], paths: [], tls: "https" },
        entryPorts: https,
        authGate: "none",
        assumptions: [],
      },
      workload,
      port,
      [],
      "http",
    ),
  );
}
