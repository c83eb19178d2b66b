import type { Gate } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, number, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import { gapIn, members } from "./pages.ts";

export interface Backend {
  readonly name: string;
  readonly address?: string;
  /** Instance or private address that a network balancer names instead. */
  readonly target?: string;
  /** Absent: the one that was dialled. */
  readonly port?: number;
  /** What keeps it from being chosen now. */
  readonly gates: readonly Gate[];
  readonly node: Node;
}

export interface BackendSet {
  readonly name: string;
  readonly backends: readonly Backend[];
  /** The backend sees the client's own address. */
  readonly keepsClient: boolean;
  readonly tls: boolean;
  readonly node: Node;
}

const params = {
  application: ["loadbalancer:GetBackendSetHealth", "loadBalancerId"],
  network: ["networkloadbalancer:GetBackendSetHealth", "networkLoadBalancerId"],
} as const;

export function backendSets(
  snapshot: Snapshot,
  balancer: string,
  node: Node,
  kind: "application" | "network",
): Map<string, BackendSet> {
  const [call, param] = params[kind];
  const symmetric = flag(node, "isPreserveSourceDestination") === true;
  return new Map(
    members(node, "backendSets").map(([name, set]): [string, BackendSet] => {
      const about = { [param]: balancer, backendSetName: name };
      const [health] = pagesOf(snapshot, call, about);
      const unread = gapIn(snapshot, call, about, node.page.region) ? call : undefined;
      const keepsClient = symmetric || (flag(set, "isPreserveSource") ?? true);
      return [
        name,
        {
          name,
          backends: backendsOf(name, set, health, unread),
          keepsClient: kind === "network" && keepsClient,
          tls: at(set, "sslConfiguration") !== undefined,
          node: set,
        },
      ];
    }),
  );
}

interface State {
  readonly node: Node;
  readonly name: string;
  readonly backup: boolean;
  /** Takes no new connections by an operator's will. */
  readonly withdrawn?: "offline" | "draining";
  readonly critical: boolean;
}

function backendsOf(
  set: string,
  node: Node,
  health: Node | undefined,
  unread: string | undefined,
): Backend[] {
  const critical = health ? texts(health, "criticalStateBackendNames") : [];
  const states = items(node, "backends").map((each) => stateOf(each, critical));
  const chosen = states.filter(({ withdrawn }) => !withdrawn);
  const failsOpen = flag(node, "isFailOpen") === true && chosen.every((each) => each.critical);
  const primaries = states.filter(({ backup }) => !backup);
  const primaryServes = primaries.some((each) => !each.withdrawn && !each.critical);
  return states.map((state) =>
    toBackend(state, gatesOf(set, state, { failsOpen, primaryServes, unread })),
  );
}

function toBackend({ node, name }: State, gates: readonly Gate[]): Backend {
  const [address, target] = [text(node, "ipAddress"), text(node, "targetId")];
  const port = number(node, "port") ?? 0;
  return {
    name,
    ...(address !== undefined && { address }),
    ...(target !== undefined && { target }),
    ...(port > 0 && { port }),
    gates,
    node,
  };
}

/** The two kinds of balancer name the same facts differently. */
function stateOf(node: Node, critical: readonly string[]): State {
  const is = (plain: string, long: string): boolean =>
    flag(node, plain) === true || flag(node, long) === true;
  const name =
    text(node, "name") ?? `${text(node, "ipAddress") ?? ""}:${number(node, "port") ?? 0}`;
  const withdrawn = is("offline", "isOffline")
    ? "offline"
    : is("drain", "isDrain")
      ? "draining"
      : undefined;
  return {
    node,
    name,
    backup: is("backup", "isBackup"),
    ...(withdrawn && { withdrawn }),
    critical: critical.includes(name),
  };
}

function gatesOf(
  set: string,
  { node, name, backup, withdrawn, critical }: State,
  around: { failsOpen: boolean; primaryServes: boolean; unread: string | undefined },
): Gate[] {
  const closed = (code: "LB_NO_TARGET" | "LB_TARGET_UNHEALTHY", because: string): Gate => ({
    kind: "state",
    code,
    id: set,
    rule: set,
    open: false,
    latent: true,
    because,
    source: sourceOf(node),
  });
  const out: Gate[] = [];
  if (withdrawn) out.push(closed("LB_NO_TARGET", `${name} is ${withdrawn} in ${set}`));
  if (critical && !around.failsOpen)
    out.push(closed("LB_TARGET_UNHEALTHY", `${name} fails its health check in ${set}`));
  if (backup && around.unread !== undefined) {
    const because = `${around.unread} was not read: whether others of ${set} serve before ${name} is unknown`;
    const common = { code: "LB_NO_TARGET", id: set, source: sourceOf(node) } as const;
    out.push({ ...common, kind: "unread", limit: false, because });
  } else if (backup && around.primaryServes)
    out.push(closed("LB_NO_TARGET", `${name} is a backup, and others of ${set} serve`));
  if (around.unread !== undefined) {
    const because = `${around.unread} was not read: ${name} is taken to be healthy`;
    const common = { code: "LB_TARGET_UNHEALTHY", id: set, source: sourceOf(node) } as const;
    out.push({ ...common, kind: "unread", limit: true, because });
  }
  return out;
}
