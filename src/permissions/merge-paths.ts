import type { EstateIndex } from "../model/estate.ts";
import type { Identity } from "../model/identity.ts";
import type { EstatePaths, PathFacts } from "../model/paths.ts";

/** The facts of all scopes together: a way may lead from one to another. */
export function mergePaths(scopes: Iterable<PathFacts>): EstatePaths {
  const all = [...scopes];
  return {
    scope: "",
    holders: all.flatMap(({ holders = [] }) => holders),
    credentials: all.flatMap(({ credentials = [] }) => credentials),
    resourcePolicies: new Map(all.flatMap(({ resourcePolicies = [] }) => [...resourcePolicies])),
    resourceDenies: [],
    standings: new Map(),
    logins: new Map(all.flatMap(({ logins = [] }) => [...logins])),
    unreadLogins: new Set(all.flatMap(({ unreadLogins = [] }) => [...unreadLogins])),
    groups: all.flatMap(({ groups = [] }) => groups),
    memberships: new Map(all.flatMap(({ memberships = [] }) => [...memberships])),
    tags: new Map(all.flatMap(({ tags = [] }) => [...tags])),
    attachedTo: new Map(all.flatMap(({ attachedTo = [] }) => [...attachedTo])),
    otherVersions: new Map(all.flatMap(({ otherVersions = [] }) => [...otherVersions])),
    attachable: all.flatMap(({ attachable = [] }) => attachable),
    profiles: new Map(all.flatMap(({ profiles = [] }) => [...profiles])),
    unreadTrust: new Set(all.flatMap(({ unreadTrust = [] }) => Array.from(unreadTrust))),
    request: {},
  };
}

const views = new WeakMap<EstateIndex, Map<string, EstateIndex>>();

/** The estate as a search sees it that starts in the scope of the identity. */
export function estateFrom({ provider, scope }: Identity, estate: EstateIndex): EstateIndex {
  const { paths, scopePaths } = estate;
  if (!paths || !scopePaths) return estate;
  const known = views.get(estate) ?? new Map<string, EstateIndex>();
  views.set(estate, known);
  const key = `${provider}/${scope}`;
  const { resourceDenies = [], request = {}, webIdentity, host } = scopePaths.get(key) ?? {};
  const view = known.get(key) ?? {
    ...estate,
    paths: {
      ...paths,
      scope,
      resourceDenies,
      request,
      ...(webIdentity && { webIdentity }),
      ...(host !== undefined && { host }),
    },
  };
  known.set(key, view);
  return view;
}
