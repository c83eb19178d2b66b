import type { Identity } from "../../src/model/identity.ts";
import type { Holder } from "../../src/model/paths.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, text, type Node } from "../reader.ts";
import { aggregated, linkOf } from "./pages.ts";

/** What runs as an account and can be taken over: machines, and builds that name no account. */
export function holdersOf(snapshot: Snapshot, identities: readonly Identity[]): Holder[] {
  const machines = aggregated(snapshot, "compute.instances.aggregatedList", "instances");
  const project = `projects/${snapshot.scope.id}`;
  // Projects of before 2024 build as the one account, later ones as the other.
  // https://cloud.google.com/build/docs/cloud-build-service-account-updates
  const builders = identities
    .filter(({ id }) => /^\d+(?:@cloudbuild|-compute@developer)\.gserviceaccount\.com$/.test(id))
    .map(({ id: identity }): Holder => ({
      id: project,
      kind: "build",
      identity,
      verdict: "maybe",
    }));
  return [...machines.flatMap(machineHolders), ...builders];
}

function machineHolders(machine: Node): Holder[] {
  const id = linkOf(machine);
  return items(machine, "serviceAccounts").flatMap((account): Holder[] => {
    const identity = text(account, "email");
    if (identity === undefined || id === "") return [];
    return [{ id, kind: "instance", identity }, ...loginHolders(machine, { id, identity })];
  });
}

/** The project's own metadata may set the login mode where the machine's does not. */
function loginHolders(machine: Node, own: Omit<Holder, "kind">): Holder[] {
  const metadata = at(machine, "metadata");
  const entry =
    metadata && items(metadata, "items").find((item) => text(item, "key") === "enable-oslogin");
  const value = entry && text(entry, "value")?.toLowerCase();
  const login: Holder = { ...own, kind: "instance-os-login" };
  const keys: Holder = { ...own, kind: "instance-metadata-keys" };
  if (value === "true") return [login];
  if (value !== undefined) return [keys];
  return [
    { ...login, verdict: "maybe" },
    { ...keys, verdict: "maybe" },
  ];
}
