import type { IdentityLink } from "../../src/model/identity.ts";
import type { Workload, WorkloadText } from "../../src/model/inventory.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, isObject, listed, sourceOf, text, texts, type Node } from "../reader.ts";

/** Lambda functions. They run whenever they are called. */
export function functions(snapshot: Snapshot): Workload[] {
  return listed(snapshot, "lambda:ListFunctions", "Functions").flatMap((node): Workload[] => {
    const [id, name] = [text(node, "FunctionArn"), text(node, "FunctionName")];
    if (id === undefined || name === undefined) return [];
    return [
      {
        id,
        name,
        kind: "function",
        tags: {},
        provider: "aws",
        scope: snapshot.scope.id,
        region: node.page.region,
        state: "running",
        identities: roleOf(node, "Role", "the function runs with the role"),
        texts: textsOf(node),
        source: sourceOf(node),
      },
    ];
  });
}

/** What calls a function may name a version or an alias of it. */
export function functionNamed(
  arn: string,
  { workloads }: { readonly workloads: ReadonlyMap<string, Workload> },
): Workload | undefined {
  return workloads.get(arn) ?? workloads.get(arn.split(":").slice(0, 7).join(":"));
}

export function roleOf(node: Node, key: string, because: string): IdentityLink[] {
  const id = text(node, key);
  return id === undefined || id === ""
    ? []
    : [{ id, how: "platform", verdict: "yes", because, source: sourceOf(node) }];
}

function textsOf(node: Node): WorkloadText[] {
  const config = at(node, "ImageConfigResponse");
  const image = config && at(config, "ImageConfig");
  const command = image ? [...texts(image, "EntryPoint"), ...texts(image, "Command")] : [];
  const handler = text(node, "Handler");
  const variables = at(node, "Environment");
  const set = variables && at(variables, "Variables");
  return [
    ...(command.length > 0 && image
      ? [{ kind: "command", text: command.join(" "), source: sourceOf(image) } as const]
      : []),
    ...(handler === undefined
      ? []
      : [{ kind: "command", text: handler, source: sourceOf(node) } as const]),
    ...(set ? environmentOf(set) : []),
  ];
}

/** Lines of `NAME=value` of a map. */
export function environmentOf(map: Node): WorkloadText[] {
  if (!isObject(map.value)) return [];
  const lines = Object.entries(map.value).flatMap(([name, value]) =>
    typeof value === "string" ? [`${name}=${value}`] : [],
  );
  return lines.length === 0
    ? []
    : [{ kind: "environment", text: lines.join("\n"), source: sourceOf(map) }];
}
