import type { Identity } from "../../../src/model/identity.ts";

/** Everything as which a call is made. */
export interface Caller {
  readonly emails: readonly string[];
  /** `ns/name` in a pool of Kubernetes accounts. */
  readonly pods: readonly { readonly pool: string; readonly subject: string }[];
  /** Project that it belongs to. */
  readonly project: string;
}

const pod = /^(?:serviceAccount:)?([^[\s]+)\[([^\]/]+)\/([^\]/]+)\]$/;

/** A Kubernetes account has no resource of its own that could be asked for its tokens. */
export function isPod(id: string): boolean {
  return pod.test(id);
}

/** A Kubernetes account that the workload also is stands as a trust attachment. */
export function callerOf(identity: Identity): Caller {
  const names = [
    identity.id,
    ...identity.policies.filter(({ layer }) => layer === "trust").map(({ policy }) => policy),
  ];
  const pods = names.flatMap((name) => {
    const [, pool, namespace, account] = pod.exec(name) ?? [];
    return pool === undefined ? [] : [{ pool, subject: `ns/${namespace}/sa/${account}` }];
  });
  return {
    emails: names.filter((name) => !pod.test(name)),
    pods,
    project: `projects/${identity.scope}`,
  };
}
