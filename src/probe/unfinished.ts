import { isFrontDoorPage } from "./front-door.ts";
import { isFirewallPage } from "./hint.ts";
import { hasName } from "./host-names.ts";
import { hostHeader, now, type Line } from "./line.ts";
import type { Nothing, Stopped } from "./sighting.ts";
import type { Reply } from "./transport.ts";

/** A search that ended without a sign of MCP. */
export interface Search {
  readonly line: Line;
  readonly nothings: readonly Nothing[];
  /** What was answered is what every other place would answer too. */
  readonly told: boolean;
  /** Places that something speaks for were not asked. */
  readonly missed: boolean;
}

interface Row {
  readonly because: string;
  readonly when: (search: Search) => boolean;
  readonly unknownName?: true;
}

const answered =
  (when: (reply: Reply) => boolean): Row["when"] =>
  ({ nothings }) =>
    nothings.some(({ reply }) => when(reply));

/** What keeps a search without a sign from being `none`; the first row that holds is told. */
const reasons: readonly Row[] = [
  {
    because: "The time for this port was spent before it was certain",
    when: ({ line }) => now(line.options) >= line.budget.until,
  },
  {
    because: "The run was interrupted",
    when: ({ line }) => line.options.signal.aborted,
  },
  {
    because: "The server encodes its answers although it was asked not to; none was unpacked",
    when: answered(({ encoded }) => encoded),
  },
  {
    because: "The front door does not know the host name it was asked by",
    when: isUnknownName,
    unknownName: true,
  },
  {
    because:
      "The service was unavailable: it is down, or is no server for the host name it was asked by",
    when: answered(({ status }) => status === 503),
    unknownName: true,
  },
  {
    because: "A firewall or content network refused the request",
    when: answered(isFirewallPage),
  },
  {
    because: "A gateway answered in place of the server behind it",
    when: answered(({ status }) => status === 502 || status === 504),
  },
  {
    because: "An answer was longer than the limit, and was not read to its end",
    when: answered(isCut),
  },
  {
    because: "Some places gave no answer within the deadline",
    when: answered(isUnanswered),
  },
  {
    because: "The requests for this port were spent before its likeliest places were asked",
    when: ({ told, missed }) => missed && !told,
  },
];

export function unfinished(
  search: Search,
): Stopped | { readonly kind: "none"; readonly because: string } {
  const reason = reasons.find(({ when }) => when(search));
  if (reason) {
    const { because, unknownName } = reason;
    return { kind: "stopped", confidence: "unknown", because, ...(unknownName && { unknownName }) };
  }
  const because = search.told
    ? "The likeliest places of an MCP server gave one and the same answer; the others were not asked"
    : "No usual place of an MCP server answered the protocol";
  return { kind: "none", because };
}

/** A front door that was not told a name answers by itself, and what it says is nothing about the servers behind it. */
function isUnknownName({ line: { target, host }, nothings }: Search): boolean {
  const byAddress = host === hostHeader(target) || host === hostHeader(target, target.address);
  const nameless = byAddress && !hasName(target);
  return nothings.some(({ reply }) => {
    if (reply.status === 421) return true;
    const absent = reply.status === 404 || reply.status === 502;
    return nameless && absent && (target.frontDoor === true || isFrontDoorPage(reply));
  });
}

/** A long page is no answer of a protocol. */
function isCut({ end, headers }: Reply): boolean {
  return end === "cap" && /json|event-stream/i.test(headers.get("content-type") ?? "");
}

function isUnanswered({ end, status }: Reply): boolean {
  return end === "timeout" || end === "silent" || (end === "reset" && status === undefined);
}
