import type { IdentityLink } from "../../src/model/identity.ts";
import type { Workload, WorkloadText } from "../../src/model/inventory.ts";
import type { TransportProtocol } from "../../src/model/exposure.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, number, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import { gapIn } from "./pages.ts";

/** A port of a container that is a port of the instance below it. */
export interface HostPort {
  readonly protocol: TransportProtocol;
  readonly host: number;
  readonly container: number;
  readonly source: Node;
}

export interface EcsTask {
  readonly workload: Workload;
  /** Network interface of its own, in awsvpc mode. */
  readonly interface?: { readonly id: string; readonly subnet: string; readonly address: string };
  /** Instance whose interfaces it shares, in bridge and host mode. */
  readonly instance?: string;
  readonly ports: readonly HostPort[];
  /** What could not be read and stands between the task and its ports. */
  readonly unread?: string;
}

/** Tasks of every cluster. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html */
export function ecsTasks(snapshot: Snapshot): EcsTask[] {
  const definitions = new Map(
    pagesOf(snapshot, "ecs:DescribeTaskDefinition").flatMap((page): [string, Node][] => {
      const definition = at(page, "taskDefinition");
      const arn = definition && text(definition, "taskDefinitionArn");
      return definition && arn !== undefined ? [[arn, definition]] : [];
    }),
  );
  const hosts = new Map(
    listed(snapshot, "ecs:DescribeContainerInstances", "containerInstances").flatMap(
      (node): [string, string][] => {
        const [arn, instance] = [text(node, "containerInstanceArn"), text(node, "ec2InstanceId")];
        return arn === undefined || instance === undefined ? [] : [[arn, instance]];
      },
    ),
  );
  const world: World = { snapshot, definitions, hosts };
  return listed(snapshot, "ecs:DescribeTasks", "tasks").flatMap((node) => toTask(node, world));
}

/** Tasks by the network interface that is theirs alone. */
export function taskInterfaces(tasks: readonly EcsTask[]): Map<string, string> {
  return new Map(
    tasks.flatMap(({ workload, interface: own }) => (own ? [[own.id, workload.id] as const] : [])),
  );
}

interface World {
  readonly snapshot: Snapshot;
  readonly definitions: ReadonlyMap<string, Node>;
  readonly hosts: ReadonlyMap<string, string>;
}

function toTask(node: Node, { snapshot, definitions, hosts }: World): EcsTask[] {
  const id = text(node, "taskArn");
  if (id === undefined) return [];
  const definition = definitions.get(text(node, "taskDefinitionArn") ?? "");
  const own = attached(node);
  const host = text(node, "containerInstanceArn");
  const instance = host === undefined ? undefined : hosts.get(host);
  const lost = host !== undefined && instance === undefined;
  const unread = unreadFor(snapshot, node.page.region, lost, definition === undefined);
  const { region } = node.page;
  return [
    {
      workload: {
        id,
        name: nameOf(node, definition) ?? id,
        kind: "task",
        tags: lowerTags(node),
        provider: "aws",
        scope: snapshot.scope.id,
        region,
        state: stateOf(node),
        identities: rolesOf(node, definition),
        texts: definition ? textsOf(definition) : imagesOf(node),
        source: sourceOf(node),
      },
      ...(own && { interface: own }),
      ...(!own && instance !== undefined && { instance }),
      ports: own ? [] : portsOf(node, definition),
      ...(unread !== undefined && { unread }),
    },
  ];
}

function unreadFor(
  snapshot: Snapshot,
  region: string,
  withoutHost: boolean,
  withoutDefinition: boolean,
): string | undefined {
  const calls = [
    ...(withoutHost ? ["ecs:DescribeContainerInstances"] : []),
    ...(withoutDefinition ? ["ecs:DescribeTaskDefinition"] : []),
  ];
  return calls.find((call) => gapIn(snapshot, call, {}, region));
}

function nameOf(node: Node, definition: Node | undefined): string | undefined {
  const group = text(node, "group");
  const family = definition && text(definition, "family");
  return group?.startsWith("service:") ? group.slice("service:".length) : family;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
function stateOf(node: Node): Workload["state"] {
  const last = text(node, "lastStatus");
  if (last === "RUNNING" || last === undefined) return "running";
  return /^(?:STOPP|DEPROVISION|DELETED|DEACTIVAT)/.test(last) ? "stopped" : "unknown";
}

function attached(node: Node): EcsTask["interface"] {
  for (const attachment of items(node, "attachments")) {
    const details = new Map(
      items(attachment, "details").map((each) => [text(each, "name"), text(each, "value") ?? ""]),
    );
    const id = details.get("networkInterfaceId");
    if (id !== undefined)
      return {
        id,
        subnet: details.get("subnetId") ?? "",
        address: details.get("privateIPv4Address") ?? "",
      };
  }
  return undefined;
}

/** The bindings say which host ports a task got; in host mode a container's port is the host's. */
function portsOf(node: Node, definition: Node | undefined): HostPort[] {
  const mode = definition && text(definition, "networkMode");
  const bound = items(node, "containers").flatMap((container) =>
    items(container, "networkBindings").flatMap(bindingOf),
  );
  if (bound.length > 0 || !definition || mode === "none") return bound;
  return items(definition, "containerDefinitions")
    .flatMap((container) => items(container, "portMappings"))
    .flatMap((mapping): HostPort[] => {
      const container = number(mapping, "containerPort");
      const fixed = number(mapping, "hostPort");
      const host = mode === "host" ? container : fixed === 0 ? undefined : fixed;
      return container === undefined || host === undefined
        ? []
        : [{ protocol: transportOf(mapping), host, container, source: mapping }];
    });
}

/** A range binds one to one, unless it was given ports of its own; then it is told as ranges only. */
function bindingOf(binding: Node): HostPort[] {
  const [host, container] = [number(binding, "hostPort"), number(binding, "containerPort")];
  const protocol = transportOf(binding);
  if (host !== undefined && container !== undefined)
    return [{ protocol, host, container, source: binding }];
  const [hosts, containers] = [
    rangeOf(text(binding, "hostPortRange")),
    rangeOf(text(binding, "containerPortRange")),
  ];
  return hosts.map((port, index) => ({
    protocol,
    host: port,
    container: containers[index] ?? port,
    source: binding,
  }));
}

const longestRange = 100;

function rangeOf(words: string | undefined): number[] {
  const [from, to] = (words ?? "").split("-").map(Number);
  if (from === undefined || to === undefined || !(to >= from)) return [];
  return Array.from({ length: Math.min(to - from + 1, longestRange) }, (_, index) => from + index);
}

function transportOf(node: Node): TransportProtocol {
  return text(node, "protocol") === "udp" ? "udp" : "tcp";
}

/** The task role is the containers' own; the execution role pulls images for the agent and never reaches them. */
function rolesOf(node: Node, definition: Node | undefined): IdentityLink[] {
  const override = at(node, "overrides");
  const given = override && text(override, "taskRoleArn");
  const id = given ?? (definition && text(definition, "taskRoleArn"));
  if (id === undefined || id === "") return [];
  const because =
    given === undefined
      ? "the task definition names the role"
      : "the task was started with the role";
  const source = sourceOf(given === undefined ? (definition ?? node) : (override ?? node));
  return [{ id, how: "platform", verdict: "yes", because, source }];
}

function textsOf(definition: Node): WorkloadText[] {
  return items(definition, "containerDefinitions").flatMap(containerTexts);
}

function containerTexts(container: Node): WorkloadText[] {
  const source = sourceOf(container);
  const image = text(container, "image");
  const command = [...texts(container, "entryPoint"), ...texts(container, "command")];
  const environment = items(container, "environment").map(
    (each) => `${text(each, "name") ?? ""}=${text(each, "value") ?? ""}`,
  );
  return [
    ...(image === undefined ? [] : [{ kind: "image", text: image, source } as const]),
    ...(command.length === 0
      ? []
      : [{ kind: "command", text: command.join(" "), source } as const]),
    ...(environment.length === 0
      ? []
      : [{ kind: "environment", text: environment.join("\n"), source } as const]),
  ];
}

function imagesOf(node: Node): WorkloadText[] {
  return items(node, "containers").flatMap((container) => {
    const image = text(container, "image");
    return image === undefined
      ? []
      : [{ kind: "image", text: image, source: sourceOf(container) } as const];
  });
}

/** Key/value pairs of a `[{key, value}]` list. */
export function lowerTags(node: Node): Record<string, string> {
  const pairs = items(node, "tags").flatMap((tag): [string, string][] => {
    const key = text(tag, "key");
    return key === undefined ? [] : [[key, text(tag, "value") ?? ""]];
  });
  return Object.fromEntries(pairs);
}
