import type { Workload, WorkloadText } from "../../src/model/inventory.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, isObject, listed, sourceOf, text, type Node } from "../reader.ts";
import { functionPolicy } from "./calls-functions.ts";
import { resourceOperations } from "./calls-resources.ts";
import { labelsOf } from "./compute.ts";
import { invokeGate } from "./invoke-gate.ts";
import type { RunService } from "./run-services.ts";

/** Roles with `cloudfunctions.functions.invoke`. https://cloud.google.com/functions/docs/reference/iam/roles */
const invokers: ReadonlySet<string> = new Set([
  "roles/cloudfunctions.invoker",
  "roles/cloudfunctions.developer",
  "roles/cloudfunctions.admin",
]);

/** https://cloud.google.com/functions/docs/networking/network-settings#ingress_settings */
const ingress: Readonly<Record<string, string>> = {
  ALLOW_ALL: "INGRESS_TRAFFIC_ALL",
  ALLOW_INTERNAL_AND_GCLB: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
  ALLOW_INTERNAL_ONLY: "INGRESS_TRAFFIC_INTERNAL_ONLY",
};

/**
 * Functions of the first generation, as what answers requests on a name of its own; those of the second are services of
 * Cloud Run. https://cloud.google.com/functions/docs/concepts/version-comparison
 */
export function firstFunctions(snapshot: Snapshot): RunService[] {
  return listed(snapshot, resourceOperations.functions, "functions").flatMap((node) => {
    const id = text(node, "name");
    const config = at(node, "serviceConfig");
    if (id === undefined || text(node, "environment") !== "GEN_1") return [];
    const url = text(node, "url") ?? (config && text(config, "uri"));
    const [, host, path] = /^https:\/\/([^/]+)(\/.*)?$/.exec(url ?? "") ?? [];
    const setting = (config && text(config, "ingressSettings")) ?? "ALLOW_ALL";
    return [
      {
        workload: toWorkload(id, node, config, snapshot),
        port: 443,
        hosts: host === undefined ? [] : [host],
        ...(path !== undefined && { paths: [path] }),
        ingress: ingress[setting] ?? setting,
        // What an event triggers answers no request.
        urlDisabled: at(node, "eventTrigger") !== undefined,
        gate: invokeGate(id, { call: functionPolicy, invokers }, snapshot),
        node,
      },
    ];
  });
}

function toWorkload(
  id: string,
  node: Node,
  config: Node | undefined,
  snapshot: Snapshot,
): Workload {
  const name = id.slice(id.lastIndexOf("/") + 1);
  const account = config && text(config, "serviceAccountEmail");
  const source = sourceOf(node);
  const because = `${name} runs as ${account ?? ""}`;
  return {
    id,
    name,
    kind: "function",
    tags: labelsOf(node),
    provider: "gcp",
    scope: snapshot.scope.id,
    region: /\/locations\/([^/]+)/.exec(id)?.[1] ?? node.page.region,
    state: (text(node, "state") ?? "ACTIVE") === "ACTIVE" ? "running" : "unknown",
    identities:
      account === undefined
        ? []
        : [{ id: account, how: "platform", verdict: "yes", because, source }],
    texts: environmentOf(config),
    source,
  };
}

function environmentOf(config: Node | undefined): WorkloadText[] {
  const variables = config && at(config, "environmentVariables");
  if (!variables || !isObject(variables.value)) return [];
  return Object.keys(variables.value).map((name) => ({
    kind: "environment",
    text: `${name}=${text(variables, name) ?? ""}`,
    source: sourceOf(variables),
  }));
}
