import type { LogKind, LogSwitch } from "../../src/model/logging.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { untoldLog } from "../untold-log.ts";

/** What would tell of each log; none of these is asked yet. */
const tellers: Readonly<Record<LogKind, string>> = {
  "front-door": "Microsoft.Insights/diagnosticSettings/read of the front door",
  flow: "Microsoft.Network/networkWatchers/flowLogs/read",
  "control-plane": "Microsoft.Insights/diagnosticSettings/read of the subscription",
  "data-access": "Microsoft.Insights/diagnosticSettings/read of the data stores",
  detection: "Microsoft.Security/pricings/read",
};

function open(kind: LogKind, about: string): LogSwitch {
  return untoldLog("azure", kind, about, tellers[kind]);
}

/** The switches of Azure's logs are not read: each is open, and says what would tell. */
export function logging(
  { scope }: Snapshot,
  workloads: readonly { readonly id: string }[],
): LogSwitch[] {
  return [
    ...workloads.map(({ id }) => open("flow", id)),
    open("front-door", scope.id),
    open("control-plane", scope.id),
    open("data-access", scope.id),
    open("detection", scope.id),
  ];
}
