import type { WorkloadContext } from "./rule.ts";

/**
 * Why an identity that the workload holds, or may hold, was not judged. Undefined when every one was.
 *
 * The identity rules are about identities that were read; without this word a denied call would leave them without a
 * subject, which reads like a pass.
 */
export function unreadIdentity({
  held,
  unreadLinks,
  workload,
}: WorkloadContext): string | undefined {
  if (unreadLinks) {
    const { call, reason } = unreadLinks;
    return `${call} was not read (${reason}), so which identity ${workload.name} holds is open.`;
  }
  const unjudged = held.find(({ report }) => report === undefined);
  return (
    unjudged &&
    `The identity ${unjudged.link.id} was not read: what ${workload.name} may do with it is open.`
  );
}
