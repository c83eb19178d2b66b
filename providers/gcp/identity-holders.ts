import type { Identity } from "../../src/model/identity.ts";
import type { Holder } from "../../src/model/paths.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, pagesOf, text, type Node } from "../reader.ts";
import { resourceOperations } from "./calls-resources.ts";
import { aggregated, linkOf } from "./pages.ts";

/** What runs as an account and can be taken over: machines, services, and builds that name no account. */
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
  const mode = projectLogin(snapshot);
  const services = listed(snapshot, "run.projects.locations.services.list", "services");
  const holding = services.flatMap(serviceHolders);
  const read = pagesOf(snapshot, resourceOperations.functions).length > 0;
  return [
    ...machines.flatMap((machine) => machineHolders(machine, mode)),
    ...(read ? holding.filter(({ kind }) => kind !== "function") : holding),
    ...listed(snapshot, resourceOperations.functions, "functions").flatMap(functionHolders),
    ...builders,
  ];
}

/** Functions of the second generation are services too: https://cloud.google.com/functions/docs/concepts/version-comparison */
function serviceHolders(service: Node): Holder[] {
  const template = at(service, "template");
  const identity = template && text(template, "serviceAccount");
  const id = text(service, "name");
  if (identity === undefined || id === undefined) return [];
  const labels = at(service, "labels");
  const managed = labels && text(labels, "goog-managed-by");
  const own: Holder = { id, kind: "service", identity };
  return managed === "cloudfunctions" ? [own, { ...own, kind: "function" }] : [own];
}

/** Of both generations; those of the first are no services. */
function functionHolders(node: Node): Holder[] {
  const config = at(node, "serviceConfig");
  const identity = config && text(config, "serviceAccountEmail");
  const id = text(node, "name");
  return identity === undefined || id === undefined ? [] : [{ id, kind: "function", identity }];
}

type Login = "os-login" | "keys" | "unread";

/** What holds for machines that say nothing of it; keys of the metadata count unless it is switched. */
function projectLogin(snapshot: Snapshot): Login {
  const [page] = pagesOf(snapshot, "compute.projects.get");
  if (!page) return "unread";
  return loginIn(page, "commonInstanceMetadata") ?? "keys";
}

/** https://cloud.google.com/compute/docs/oslogin/set-up-oslogin */
function loginIn(about: Node, key: string): Login | undefined {
  const metadata = at(about, key);
  const entry =
    metadata && items(metadata, "items").find((item) => text(item, "key") === "enable-oslogin");
  const value = entry && text(entry, "value")?.toLowerCase();
  if (value === undefined) return undefined;
  return value === "true" ? "os-login" : "keys";
}

function machineHolders(machine: Node, mode: Login): Holder[] {
  const id = linkOf(machine);
  const own = loginIn(machine, "metadata") ?? mode;
  return items(machine, "serviceAccounts").flatMap((account): Holder[] => {
    const identity = text(account, "email");
    if (identity === undefined || id === "") return [];
    const instance: Holder = { id, kind: "instance", identity };
    return [instance].concat(loginHolders(own, { id, identity }));
  });
}

function loginHolders(mode: Login, own: Omit<Holder, "kind">): Holder[] {
  const login: Holder = { ...own, kind: "instance-os-login" };
  const keys: Holder = { ...own, kind: "instance-metadata-keys" };
  if (mode === "os-login") return [login];
  if (mode === "keys") return [keys];
  return [
    { ...login, verdict: "maybe" },
    { ...keys, verdict: "maybe" },
  ];
}
