import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import { unreadPrincipalTags } from "./conditions.ts";
import { viewOf } from "./decide.ts";
import { factsOf } from "./facts.ts";
import type { Layers } from "./layers.ts";
import type { Statement } from "./parse.ts";

/**
 * What its policies ask of who the identity is, with the answers: two with the same documents, kind and scope that
 * agree here may do the same.
 */
export function personalValues(
  { grants, limits }: Layers,
  identity: Identity,
  estate: EstateIndex,
): readonly string[] {
  const asked = new Set<string>();
  for (const list of [grants, ...limits.map(({ statements }) => statements)])
    for (const statement of list) for (const key of askedBy(statement)) asked.add(key);
  if (asked.size === 0) return [];
  const { paths, startedAt } = viewOf(identity, estate);
  const facts = factsOf(identity, "*", startedAt, {}, paths);
  return [...asked, unreadPrincipalTags].map((key) => `${key} ${JSON.stringify(facts.get(key))}`);
}

/** Keys of which `factsOf` takes the value from the identity. */
const ofItself = /^(?:aws:(?:principal|user)|ec2:sourceinstancearn$)/;
const known = new WeakMap<Statement, readonly string[]>();

/** Keys of the identity itself that the statement asks for, lower case. */
function askedBy(statement: Statement): readonly string[] {
  const kept = known.get(statement);
  if (kept) return kept;
  const { conditions, resources } = statement;
  const texts = [...resources, ...conditions.flatMap(({ values }) => values)];
  const variables = texts.flatMap((text) =>
    [...text.matchAll(/\$\{([^},]*)/g)].map(([, name = ""]) => name.trim().toLowerCase()),
  );
  const keys = new Set([...variables, ...conditions.map(({ key }) => key)]);
  const asked = [...keys].filter((key) => ofItself.test(key));
  known.set(statement, asked);
  return asked;
}
