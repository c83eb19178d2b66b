import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import { unreadDoubt } from "../../../src/permissions/contract.ts";
import { parseOnce } from "./conditions.ts";
import { literalsOf } from "./cel-literals.ts";
import { layersOf } from "./layers.ts";
import { canonical } from "./resources.ts";
import { worldOf } from "./world.ts";

const machines = { call: "compute.instances.aggregatedList", path: "zones/-/instances/" };

/** The list that shows each kind of holder, and where in a project its things are. */
const listings: Readonly<Record<string, { readonly call: string; readonly path: string }>> = {
  instance: machines,
  "instance-metadata-keys": machines,
  "instance-os-login": machines,
  service: { call: "run.projects.locations.services.list", path: "locations/-/services/" },
  function: {
    call: "cloudfunctions.projects.locations.functions.list",
    path: "locations/-/functions/",
  },
};

/** Accounts of the project are listed by a call of their own. */
const accountsCall = "iam.projects.serviceAccounts.list";

/** What a list that was not read may hold. */
interface Unseen {
  /** Names that such a thing could have: one of no binding, and those that policies of the caller name. */
  readonly places: readonly string[];
  readonly doubt: Decision;
}

/** Things of one kind; `undefined` where their list was read, or not asked. */
export function unseenOf(
  kind: string | undefined,
  caller: Identity,
  estate: EstateIndex,
): Unseen | undefined {
  const listing = listings[kind ?? ""];
  if (!listing || !isUnread(listing.call, caller.scope, estate)) return undefined;
  const { bindings, world } = layersOf(caller, estate);
  const part = listing.path.split("/").at(-2) ?? "";
  const thing = new RegExp(`^projects/[^/]+/.*/${part}/`);
  const named = bindings.flatMap(({ resource, condition }) =>
    [resource].concat(literalsIn(condition).map((name) => canonical(name, world.places))),
  );
  const own = named.filter((name) => thing.test(name));
  return {
    places: [...new Set([`projects/${caller.scope}/${listing.path}unseen`, ...own])],
    doubt: unreadDoubt(
      listing.call,
      "something that runs as a stronger account may be among what it lists",
    ),
  };
}

function literalsIn(condition: string | undefined): readonly string[] {
  const tree = condition === undefined ? undefined : parseOnce(condition);
  return !tree || "flaw" in tree ? [] : literalsOf(tree);
}

/** Accounts that only the bindings for them tell of, since the list of accounts was not read. */
export function unseenAccounts(
  caller: Identity,
  estate: EstateIndex,
): { readonly accounts: readonly Identity[]; readonly doubt: Decision } | undefined {
  if (!isUnread(accountsCall, caller.scope, estate)) return undefined;
  const { named, places } = worldOf(estate);
  const accounts = [...named.keys()].flatMap((member): Identity[] => {
    const id = member.slice("serviceaccount:".length);
    // Whose number a default account carries is not known where its project was not read.
    const project = projectOf(id, places.numbers) ?? caller.scope;
    return estate.identities.has(id) || project !== caller.scope
      ? []
      : [{ ...caller, id, name: id, policies: caller.policies.filter(isInherited) }];
  });
  return { accounts, doubt: unreadDoubt(accountsCall, "whether the account exists is not known") };
}

/** What bears on every account of a project. */
function isInherited({ layer, policy }: Identity["policies"][number]): boolean {
  return layer !== "session" && !policy.startsWith("supposed ");
}

/** Empty for an account of Google's own. */
function projectOf(email: string, numbers: ReadonlyMap<string, string>): string | undefined {
  const [user = "", domain = ""] = email.split("@");
  if (domain === "appspot.gserviceaccount.com") return user;
  const number = /^(\d+)-compute$/.exec(user)?.[1];
  if (domain === "developer.gserviceaccount.com" && number !== undefined)
    return numbers.get(number);
  return /^(.+)\.iam\.gserviceaccount\.com$/.exec(domain)?.[1] ?? "";
}

function isUnread(call: string, project: string, { gaps }: EstateIndex): boolean {
  return gaps.get(`gcp/${project}`)?.some((gap) => gap.call === call) === true;
}
