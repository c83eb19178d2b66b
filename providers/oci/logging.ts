import type { LogKind, LogSwitch } from "../../src/model/logging.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { untoldLog } from "../untold-log.ts";

type Untold = Exclude<LogKind, "control-plane">;

/** What would tell of each log; none of these is asked yet. */
const tellers: Readonly<Record<Untold, string>> = {
  "front-door": "logging:ListLogs (service loadbalancer)",
  flow: "logging:ListLogs (service flowlogs)",
  "data-access": "logging:ListLogs (service objectstorage)",
  detection: "cloudguard:GetConfiguration",
};

function open(kind: Untold, about: string): LogSwitch {
  return untoldLog("oci", kind, about, tellers[kind]);
}

/** The service logs of OCI are not read; its audit log is always kept. */
export function logging(
  { scope }: Snapshot,
  workloads: readonly { readonly id: string }[],
): LogSwitch[] {
  return [
    ...workloads.map(({ id }) => open("flow", id)),
    open("front-door", scope.id),
    {
      kind: "control-plane",
      about: scope.id,
      state: "on",
      because: "Audit records every call to the control plane and cannot be switched off.",
      // https://docs.oracle.com/iaas/Content/Audit/Concepts/auditoverview.htm
      source: { kind: "rule", id: "oci:audit" },
    },
    open("data-access", scope.id),
    open("detection", scope.id),
  ];
}
