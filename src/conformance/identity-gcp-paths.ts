import { breadths, powers } from "../model/identity.ts";
import type { JsonObject } from "../model/json.ts";
import type { EstatePaths, Holder, KnownTags, Standing } from "../model/paths.ts";
import { listOf, objectOf, textOf, textsOf } from "./read-json.ts";

/** Stands for an account that could not be read; it may be any. */
const unreadAccount = "an account that was not read";

/** What leads from one account to another in the world of a case. */
export function gcpPaths(world: JsonObject, bound: readonly string[]): EstatePaths {
  const project = textOf(world["auditedScope"]) ?? "";
  const tags = objectOf(world["tags"]);
  const places = [...textsOf(world["hierarchy"]), ...textsOf(world["otherResources"])];
  return {
    scope: project.replace(/^projects\//, ""),
    holders: holdersOf(world, project, bound),
    credentials: listOf(world["secrets"]).flatMap((raw) => {
      const { name, credentialOf } = objectOf(raw);
      const id = textOf(name);
      if (id === undefined || credentialOf === undefined) return [];
      return credentialOf === null ? [] : [{ id, of: textOf(credentialOf) ?? "" }];
    }),
    resourcePolicies: new Map(),
    resourceDenies: [],
    standings: standingsOf(world),
    logins: new Map(),
    groups: [],
    memberships: new Map(),
    tags: new Map(
      [...new Set([...places, ...Object.keys(tags)])].map((place) => [
        place,
        tags[place] === null ? null : textsIn(objectOf(tags[place])),
      ]),
    ),
    attachedTo: new Map(),
    otherVersions: new Map(),
    attachable: [],
    unreadTrust: new Set(),
    request: {},
  };
}

function textsIn(object: JsonObject): NonNullable<KnownTags> {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) =>
      typeof value === "string" ? [[key, value]] : [],
    ),
  );
}

/** What a `null` hides may be either way. */
function holdersOf(world: JsonObject, project: string, bound: readonly string[]): Holder[] {
  const place = (kind: string, name: string): string =>
    bound.find((resource) => resource.endsWith(`/${kind}/${name}`)) ??
    `${project}/locations/-/${kind}/${name}`;
  const vms = listOf(world["strongVms"]).flatMap((raw): Holder[] => {
    const { name, serviceAccount, osLogin } = objectOf(raw);
    const id = place("instances", textOf(name) ?? "");
    const identity = textOf(serviceAccount) ?? "";
    const verdict = osLogin === null ? "maybe" : "yes";
    const login: Holder = { id, kind: "instance-os-login", identity, verdict };
    const keys: Holder = { id, kind: "instance-metadata-keys", identity, verdict };
    const modes = osLogin === true ? [login] : osLogin === null ? [login, keys] : [keys];
    return [{ id, kind: "instance", identity }].concat(modes);
  });
  const functions = listOf(world["functions"]).map((raw) => {
    const { name, serviceAccount } = objectOf(raw);
    const id = place("functions", textOf(name) ?? "");
    return { id, kind: "function", identity: textOf(serviceAccount) ?? "" };
  });
  return [...vms, ...functions, ...buildsOf(world, project)];
}

function buildsOf(world: JsonObject, project: string): Holder[] {
  const account = objectOf(world["cloudBuild"])["defaultServiceAccount"];
  const hidden = account === null || world["cloudBuild"] === null;
  if (hidden) return [{ id: project, kind: "build", identity: unreadAccount, verdict: "maybe" }];
  const identity = textOf(account);
  return identity === undefined ? [] : [{ id: project, kind: "build", identity }];
}

function standingsOf(world: JsonObject): ReadonlyMap<string, Standing> {
  const build = objectOf(world["cloudBuild"]);
  const accounts = [
    { ...build, email: build["defaultServiceAccount"] },
    ...listOf(world["serviceAccounts"]).map(objectOf),
  ];
  return new Map([
    [unreadAccount, { power: "admin", breadth: "account" }],
    ...accounts.flatMap((account): [string, Standing][] => {
      const { email, power, breadth } = account;
      const word = powers.find((each) => each === power);
      const width = breadths.find((each) => each === breadth) ?? "account";
      return word === undefined ? [] : [[textOf(email) ?? "", { power: word, breadth: width }]];
    }),
  ]);
}
