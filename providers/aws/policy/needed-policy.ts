import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { Proposal, ProposalQuestion, ProposedPolicy } from "../../../src/model/needed.ts";
import { isObject } from "../../reader.ts";
import { catalogue, actionsMatching, cellsOf } from "./actions.ts";
import { covers, overlaps } from "./match.ts";
import { documentsOf } from "./needed-documents.ts";
import { parsePolicy, type Statement } from "./parse.ts";
import type { Ranges } from "./ranges.ts";
import { complement, intersection, normal } from "./ranges.ts";

/** A statement as it is written, with what it says. */
interface Written {
  readonly raw: JsonObject;
  readonly statement: Statement;
}

/** Read-only patterns of every service are more than a policy can hold. */
const wholeAccount = /^[*?:]+$/;
const reading = ["BatchGet*", "Describe*", "Get*", "List*"];

/**
 * The part of each allow that is needed, on the resources and conditions as they are written, with every deny that bears
 * on it: so it cannot give what is not granted. Boundaries and organisation policies stay where they are.
 */
export function proposalOf(
  identity: Identity,
  question: ProposalQuestion,
  estate: EstateIndex,
): Proposal {
  const written = writtenBy(identity, estate);
  const allows = written.flatMap((each) => {
    if (each.statement.effect !== "Allow") return [];
    const actions = keptOf(each.statement, question);
    return actions.length > 0 ? [{ ...each, actions }] : [];
  });
  if (allows.length === 0) return { policies: [], assumptions: wideOf(written, question) };
  const kept = rangesOf(allows.flatMap(({ actions }) => actions));
  const denies = written
    .filter(
      ({ statement }) =>
        statement.effect === "Deny" && intersection(spokenOf(statement), kept).length > 0,
    )
    .map(({ raw, statement }) => ({ raw, statement, actions: undefined }));
  const documents = documentsOf([...allows, ...denies]);
  const suffix = question.readOnly ? "-read-only" : "";
  if (!documents) {
    return {
      policies: [],
      assumptions: ["The needed actions do not fit into the managed policies that IAM allows."],
    };
  }
  return {
    policies: documents.map((document, at): ProposedPolicy => ({
      name: `${identity.name}-needed${suffix}${documents.length > 1 ? `-${at + 1}` : ""}`,
      format: "aws-iam",
      document,
    })),
    assumptions: [
      ...wideOf(written, question),
      "Resources and conditions are those that are granted today: tools/list names no resources.",
      ...groupsOf(identity),
    ],
  };
}

function groupsOf({ id, policies }: Identity): readonly string[] {
  const groups = [...new Set(policies.map(({ via }) => via))].filter((via) =>
    via.includes(":group/"),
  );
  return groups.length > 0
    ? [`${groups.join(", ")} gives to its other members too: take ${id} out of it instead.`]
    : [];
}

function wideOf(
  written: readonly Written[],
  { needed, readOnly }: ProposalQuestion,
): readonly string[] {
  return needed === "any" && readOnly && written.some(({ statement }) => isWide(statement))
    ? [
        "A statement allows every service: its read-only part is the managed policy arn:aws:iam::aws:policy/ReadOnlyAccess, which is not written out here.",
      ]
    : [];
}

function isWide({ effect, actions, notActions }: Statement): boolean {
  return effect === "Allow" && (notActions || actions.some((action) => wholeAccount.test(action)));
}

function writtenBy(identity: Identity, estate: EstateIndex): readonly Written[] {
  return identity.policies.flatMap(({ layer, policy }) => {
    const document = layer === "grant" ? estate.policies.get(policy) : undefined;
    if (!document || !isObject(document.body)) return [];
    const { Version = "2008-10-17", Statement: own } = document.body;
    return listOf(own).flatMap((raw): Written[] => {
      if (!isObject(raw)) return [];
      const body = { Version, Statement: [raw] };
      const [statement] = parsePolicy({ ...document, body }).statements;
      return statement ? [{ raw, statement }] : [];
    });
  });
}

function listOf(raw: Json | undefined): readonly Json[] {
  if (raw === undefined || raw === null) return [];
  return isList(raw) ? raw : [raw];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** What of an allow is needed, as patterns where they say it exactly. */
function keptOf(statement: Statement, question: ProposalQuestion): readonly string[] {
  const wanted = question.needed === "any" ? anyOf(statement) : question.needed;
  const shared = wanted.flatMap((pattern) =>
    Array.from(statement.notActions ? beside(statement, pattern) : within(statement, pattern)),
  );
  const kept = question.readOnly ? shared.flatMap(readsOf) : shared;
  return narrowest(kept);
}

/** The patterns of reads inside what an allow names; nothing where it names every service. */
function anyOf(statement: Statement): readonly string[] {
  if (isWide(statement)) return [];
  return statement.written.flatMap((action) => {
    const colon = action.indexOf(":");
    const service = action.slice(0, colon);
    return /[*?]/.test(service) ? [] : reading.map((start) => `${service}:${start}`);
  });
}

function within(statement: Statement, pattern: string): readonly string[] {
  return statement.written.flatMap((granted) => {
    const [outer, inner] = [granted.toLowerCase(), pattern.toLowerCase()];
    if (covers(outer, inner)) return [pattern];
    if (covers(inner, outer)) return [granted];
    return overlaps(outer, inner)
      ? namesIn(intersection(actionsMatching(outer), actionsMatching(inner)))
      : [];
  });
}

function beside(statement: Statement, pattern: string): readonly string[] {
  const inner = pattern.toLowerCase();
  if (!statement.actions.some((each) => overlaps(each, inner))) return [pattern];
  return namesIn(intersection(spokenOf(statement), actionsMatching(inner)));
}

/** The pattern itself when all it stands for only reads, else the reads in it. */
function readsOf(pattern: string): readonly string[] {
  const set = actionsMatching(pattern.toLowerCase());
  if (cellsOf(set).every(({ access }) => access === "list" || access === "read")) return [pattern];
  const { classOf, classes } = catalogue();
  return numbersIn(set)
    .filter((at) => {
      const access = classes[classOf[at] ?? -1]?.access;
      return access === "list" || access === "read";
    })
    .map(nameAt);
}

/** Every action that a statement speaks about. */
function spokenOf({ actions, notActions }: Statement): Ranges {
  const named = rangesOf(actions);
  return notActions ? complement(named, catalogue().names.length) : named;
}

function rangesOf(patterns: readonly string[]): Ranges {
  return normal(
    patterns.flatMap((pattern) => {
      const set = actionsMatching(pattern.toLowerCase());
      const out: [number, number][] = [];
      for (let at = 0; at < set.length; at += 2) out.push([set[at] ?? 0, set[at + 1] ?? 0]);
      return out;
    }),
  );
}

function namesIn(set: Ranges): readonly string[] {
  return numbersIn(set).map(nameAt);
}

function numbersIn(set: Ranges): readonly number[] {
  const out: number[] = [];
  for (let at = 0; at < set.length; at += 2) {
    for (let each = set[at] ?? 0; each < (set[at + 1] ?? 0); each++) out.push(each);
  }
  return out;
}

function nameAt(at: number): string {
  return catalogue().names[at] ?? "";
}

/** Without what another pattern covers. */
function narrowest(patterns: readonly string[]): readonly string[] {
  const distinct = [...new Map(patterns.map((one) => [one.toLowerCase(), one])).entries()];
  const wide = distinct.filter(([key]) => /[*?]/.test(key));
  return distinct
    .filter(([key]) => !wide.some(([other]) => other !== key && covers(other, key)))
    .map(([, one]) => one)
    .toSorted();
}
