/** A resource in the short form of the APIs: `projects/prod/serviceAccounts/x@…`, `organizations/1`. */
export interface Places {
  /** Per project number its id. */
  readonly numbers: ReadonlyMap<string, string>;
  /** Per project or folder everything above it, nearest first. */
  readonly above: ReadonlyMap<string, readonly string[]>;
  /** Per service account its project. */
  readonly accountProjects: ReadonlyMap<string, string>;
}

/** Full names, numbers of projects and the `-` of service accounts, in one form. */
export function canonical(name: string, places: Places): string {
  const short = name.replace(/^(?:\/\/)?[a-z0-9-]+\.googleapis\.com\//, "");
  const [kind, id = "", ...rest] = short.split("/");
  if (kind !== "projects") return short;
  const account = rest[0] === "serviceAccounts" ? rest[1] : undefined;
  const known =
    id === "-" && account !== undefined
      ? places.accountProjects.get(account)
      : places.numbers.get(id);
  return ["projects", known ?? id, ...rest].join("/");
}

/** The resource and everything that it inherits from, nearest first. */
export function chainOf(resource: string, places: Places): readonly string[] {
  const parts = resource.split("/");
  const chain: string[] = [];
  for (let end = parts.length - (parts.length % 2); end >= 2; end -= 2) {
    chain.push(parts.slice(0, end).join("/"));
  }
  if (parts.length % 2 === 1) chain.unshift(resource);
  return [...chain, ...(places.above.get(chain.at(-1) ?? resource) ?? [])];
}

/** What conditions may ask of a resource. */
export interface ResourceAttributes {
  readonly name: string | undefined;
  readonly type: string | undefined;
  readonly service: string | undefined;
}

interface AttributeRow {
  readonly pattern: RegExp;
  readonly service: string;
  readonly type: string;
}

/**
 * Types whose names conditions can see; the rest recognise no attribute and compare as empty.
 * https://cloud.google.com/iam/docs/conditions-resource-attributes
 */
const rows: readonly AttributeRow[] = [
  {
    pattern: /^projects\/[^/]+\/secrets\/[^/]+\/versions\/[^/]+$/,
    service: "secretmanager.googleapis.com",
    type: "secretmanager.googleapis.com/SecretVersion",
  },
  {
    pattern: /^projects\/[^/]+\/secrets\/[^/]+$/,
    service: "secretmanager.googleapis.com",
    type: "secretmanager.googleapis.com/Secret",
  },
  {
    pattern: /^projects\/[^/]+\/zones\/[^/]+\/instances\/[^/]+$/,
    service: "compute.googleapis.com",
    type: "compute.googleapis.com/Instance",
  },
];

/** Names of buckets and of what is in them leave the project out. */
const inBucket = /^projects\/[^/]+\/(buckets\/[^/]+(\/objects\/.+)?)$/;

/** Kinds that recognise no attribute. */
const bare = /^projects\/[^/]+\/serviceAccounts\/[^/]+$/;

/** Names carry the number of the project; without it they are not known. */
export function attributesOf(resource: string, places: Places): ResourceAttributes {
  if (bare.test(resource)) return { name: "", type: "", service: "" };
  const [, place, object] = inBucket.exec(resource) ?? [];
  if (place !== undefined) {
    const service = "storage.googleapis.com";
    const type = `${service}/${object === undefined ? "Bucket" : "Object"}`;
    return { name: `projects/_/${place}`, type, service };
  }
  const row = rows.find(({ pattern }) => pattern.test(resource));
  if (row) {
    const byName = row.service.startsWith("compute") ? resource : numbered(resource, places);
    return { name: byName, type: row.type, service: row.service };
  }
  if (/^projects\/[^/]+$/.test(resource)) {
    const service = "cloudresourcemanager.googleapis.com";
    return { name: undefined, type: `${service}/Project`, service };
  }
  return { name: undefined, type: undefined, service: undefined };
}

function numbered(resource: string, places: Places): string | undefined {
  const [, id = "", ...rest] = resource.split("/");
  const number = [...places.numbers].find(([, project]) => project === id)?.[0];
  return number === undefined ? undefined : ["projects", number, ...rest].join("/");
}
