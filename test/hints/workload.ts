import type { Workload, WorkloadText } from "../../src/model/inventory.ts";

export const source = { kind: "api", call: "t", region: "r", page: 0, pointer: "/0" } as const;

/** A running machine that shows these texts. */
export function workload(
  texts: readonly (readonly [WorkloadText["kind"], string])[],
  more: Partial<Workload> = {},
): Workload {
  return {
    id: "i-1",
    name: "web",
    kind: "instance",
    tags: {},
    provider: "aws",
    scope: "1",
    region: "r",
    state: "running",
    identities: [],
    texts: texts.map(([kind, text]) => ({ kind, text, source })),
    source,
    ...more,
  };
}
