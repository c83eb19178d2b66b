import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { isObject } from "../../reader.ts";
import { same } from "./places.ts";
import { statementsOf, type Attached } from "./statements.ts";
import type { DynamicGroup, OciWorld, PolicyText } from "./world.ts";

/** Ids of the documents that describe a tenancy beside its policies. */
export const tenancyId = (tenancy: string): string => `${tenancy}#tenancy`;
const seatMark = "#seat/";
export const seatId = (tenancy: string, key: string): string => `${tenancy}${seatMark}${key}`;
export const isSeat = (policy: string): boolean => policy.includes(seatMark);

/** A tenancy as it was read. */
export interface Tenancy {
  readonly world: OciWorld;
  readonly statements: readonly Attached[];
  /** False: groups are those that statements name. */
  readonly groupsRead: boolean;
  /** What says that more statements may bear on every identity. */
  readonly unread: readonly Unread[];
  /** Domains other than Default whose dynamic groups were not read. */
  readonly domains: readonly string[];
  /** Everything that rules and statements name, in lower case, to see which facts matter. */
  readonly words: string;
}

export interface Unread {
  readonly id: string;
  readonly detail: string;
}

const known = new WeakMap<EstateIndex["policies"], Map<string, Tenancy>>();

/** The documents of one tenancy, read once an estate. */
export function tenancyOf(estate: EstateIndex, tenancy: string): Tenancy {
  const kept = known.get(estate.policies) ?? new Map<string, Tenancy>();
  known.set(estate.policies, kept);
  const found = kept.get(tenancy) ?? readTenancy(estate, tenancy);
  kept.set(tenancy, found);
  return found;
}

function readTenancy({ policies, startedAt }: EstateIndex, tenancy: string): Tenancy {
  const about = objectOf(policies.get(tenancyId(tenancy))?.body);
  const texts = [...policies.values()].flatMap(({ id, body }) => textsOf(id, body, tenancy));
  const listed = listOf(about["dynamicGroups"]).map(objectOf).map(groupOf);
  const domains = textsIn(about["domains"]);
  const base = {
    now: Date.parse(startedAt ?? ""),
    tenancy,
    tenancyName: textOf(about["name"]),
    compartments: new Map(
      Object.entries(objectOf(about["compartments"])).map(([id, each]) => [
        id,
        { name: textOf(objectOf(each)["name"]), parent: textOf(objectOf(each)["parent"]) },
      ]),
    ),
    instances: [],
    groups: about["groups"] === undefined ? [] : textsIn(about["groups"]),
    networkSources:
      about["networkSources"] === undefined ? null : sourcesOf(objectOf(about["networkSources"])),
    subscribedRegions: about["regions"] === undefined ? null : textsIn(about["regions"]),
    // No list shows whether the tenancy has opted in.
    denyEnabled: null,
    policies: texts,
  } satisfies Omit<OciWorld, "dynamicGroups">;
  const { all, flaws } = statementsOf({ ...base, dynamicGroups: listed });
  const dynamicGroups = [
    ...listed,
    ...unreadGroups(all, listed, {
      groups: about["dynamicGroupsRead"] === true,
      others: about["domainsRead"] === true ? domains : undefined,
    }),
  ];
  const kept = new Set(all.map(({ ref }) => ref));
  const lost = flaws.filter(({ policy: { ref = "" } }) => !kept.has(ref));
  const groups = about["groups"] === undefined ? groupsIn(all) : base.groups;
  return {
    world: { ...base, groups, dynamicGroups },
    groupsRead: about["groups"] !== undefined,
    statements: all,
    domains,
    unread: [
      ...(isObject(policies.get(tenancyId(tenancy))?.body) ? [] : [nothingRead(tenancy)]),
      ...listOf(about["unread"])
        .map(objectOf)
        .map((each) => ({ id: textOf(each["id"]), detail: textOf(each["detail"]) })),
      ...lost
        .filter(({ policy }) => /^\s*(?:allow|endorse)\b/i.test(policy.statement))
        .map(({ policy: { ref = "" } }) => ({
          id: ref,
          detail: `the statement ${ref} was not understood`,
        })),
    ],
    words: [...texts.map(({ statement }) => statement), ...listed.map(({ rule }) => rule ?? "")]
      .join("\n")
      .toLowerCase(),
  };
}

/** Groups of the Default domain that statements name. */
function groupsIn(all: readonly Attached[]): string[] {
  const names = all.flatMap(({ statement }) =>
    statement.kind === "allow" && statement.subject.kind === "refs"
      ? statement.subject.refs.flatMap((ref) =>
          ref.kind === "group" && "name" in ref && same(ref.domain ?? "Default", "Default")
            ? [ref.name]
            : [],
        )
      : [],
  );
  return [...new Set(names)];
}

function nothingRead(tenancy: string): Unread {
  return { id: tenancyId(tenancy), detail: `the policies of ${tenancy} were not read` };
}

function textsOf(id: string, body: Json, tenancy: string): PolicyText[] {
  if (!isObject(body) || body["kind"] !== "oci-policy" || body["tenancy"] !== tenancy) return [];
  const attachedTo = textOf(body["attachedTo"]);
  return textsIn(body["statements"]).map((statement, index) => ({
    ref: `${id}#${index}`,
    attachedTo,
    statement,
  }));
}

function sourcesOf(json: JsonObject): NonNullable<OciWorld["networkSources"]> {
  return new Map(
    Object.entries(json).map(([name, ranges]) => [
      name.toLowerCase(),
      ranges === null ? null : textsIn(ranges),
    ]),
  );
}

function groupOf(json: JsonObject): DynamicGroup {
  const [name, ocid, rule] = [textOf(json["name"]), textOf(json["ocid"]), json["rule"]];
  return {
    name,
    domain: textOf(json["domain"]) || "Default",
    rule: typeof rule === "string" ? rule : null,
    ...(ocid !== "" && { ocid }),
  };
}

interface Lists {
  /** Whether the groups of the Default domain were read. */
  readonly groups: boolean;
  /** Other domains, whose groups never are; undefined = it was not read which there are. */
  readonly others: readonly string[] | undefined;
}

/** Groups that statements name and no list showed. Of a list that was read, a name that is missing is of no group. */
function unreadGroups(
  all: readonly Attached[],
  listed: readonly DynamicGroup[],
  { groups, others }: Lists,
): DynamicGroup[] {
  if (groups && others?.length === 0) return [];
  const isOpen = (domain: string): boolean =>
    same(domain, "Default") ? !groups : (others?.some((each) => same(each, domain)) ?? true);
  const subjects = all.flatMap(({ statement }) =>
    statement.kind === "define" || statement.kind === "admit" ? [] : [statement.subject],
  );
  const refs = subjects.flatMap((subject) => (subject.kind === "refs" ? subject.refs : []));
  const named = refs
    .filter(({ kind }) => kind === "dynamic-group")
    .flatMap((ref): DynamicGroup[] => {
      if ("ocid" in ref) {
        const seen = listed.some(({ ocid }) => ocid === ref.ocid);
        return seen ? [] : [{ name: ref.ocid, domain: "?", rule: null, ocid: ref.ocid }];
      }
      const { name, domain = "Default" } = ref;
      return isOpen(domain) ? [{ name, domain, rule: null }] : [];
    });
  const any = subjects.some(({ kind }) => kind === "any-group");
  return any ? [...named, { name: "?", domain: "?", rule: null }] : named;
}

export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  return value !== undefined && isList(value) ? value : [];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function textsIn(value: Json | undefined): string[] {
  return listOf(value).flatMap((each) => (typeof each === "string" ? [each] : []));
}

export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
