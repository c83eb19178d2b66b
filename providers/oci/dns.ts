import type { Snapshot } from "../../src/model/snapshot.ts";
import { flag, items, pagesOf, text, type Node } from "../reader.ts";
import { pointingAt, type Pointing } from "../own-names.ts";
import { elements } from "./pages.ts";

/** `ALIAS` is Oracle's own: what a CNAME is, at the top of a zone. */
const pointers: ReadonlySet<string> = new Set(["A", "AAAA", "CNAME", "ALIAS"]);

/** Names of public zones, by the name or address that they point at. */
export function ownNames(snapshot: Snapshot): Pointing {
  return pointingAt([...recordsOf(snapshot), ...steered(snapshot)]);
}

/** https://docs.oracle.com/en-us/iaas/api/#/en/dns/20180115/datatypes/Record */
function recordsOf(snapshot: Snapshot): [string, string][] {
  return elements(snapshot, "dns:GetZoneRecords").flatMap((record) =>
    pair(text(record, "domain"), record),
  );
}

/** A steering policy chooses among its answers by rules of its own: each of them may be what a client gets. */
function steered(snapshot: Snapshot): [string, string][] {
  const policies = new Map(
    pagesOf(snapshot, "dns:GetSteeringPolicy").map((page) => [text(page, "id"), page]),
  );
  return elements(snapshot, "dns:ListSteeringPolicyAttachments").flatMap((attachment) => {
    const policy = policies.get(text(attachment, "steeringPolicyId"));
    const answers = policy ? items(policy, "answers") : [];
    return answers
      .filter((answer) => flag(answer, "isDisabled") !== true)
      .flatMap((answer) => pair(text(attachment, "domainName"), answer));
  });
}

function pair(name: string | undefined, record: Node): [string, string][] {
  const [type, data] = [text(record, "rtype"), text(record, "rdata")];
  return name !== undefined && data !== undefined && pointers.has(type ?? "") ? [[name, data]] : [];
}
