import type { ToolAccess } from "../model/tool.ts";
import { stem } from "./tokens.ts";
import {
  answeredThings,
  askedThings,
  destructions,
  destructiveVerbs,
  grantedThings,
  mergedThings,
  nounLikeVerbs,
  openingReadVerbs,
  passingThings,
  plainReadVerbs,
  questionWords,
  readNouns,
  readVerbs,
  resolvableThings,
  seldomNouns,
  selectedThings,
  sureReadVerbs,
  watchedThings,
  writeVerbs,
} from "./words.ts";

export interface Verb {
  readonly word: string;
  readonly at: number;
  readonly access: ToolAccess;
}

const conjunctions = new Set(["and", "or", "then"]);

/** Verbs that mean something else before certain things. */
const byObject: readonly {
  verbs: readonly string[];
  things: ReadonlySet<string>;
  access: ToolAccess;
}[] = [
  { verbs: ["stop", "start"], things: watchedThings, access: "read" },
  { verbs: ["run", "execute"], things: askedThings, access: "read" },
  { verbs: ["convert", "transform"], things: answeredThings, access: "read" },
  { verbs: ["clear"], things: passingThings, access: "write" },
  { verbs: ["resolve"], things: resolvableThings, access: "write" },
  { verbs: ["request"], things: grantedThings, access: "write" },
  { verbs: ["select", "use", "choose"], things: selectedThings, access: "write" },
  {
    verbs: ["schedule", "request", "start", "submit"],
    things: destructions,
    access: "destructive",
  },
];

/** What the word at `at` does, seen with what stands after it. */
function accessOf(words: readonly string[], at: number): ToolAccess | undefined {
  const word = words[at] ?? "";
  if (word === "request" && mergedThings.has(words[at - 1] ?? "")) return undefined;
  // `clear_form_submissions`: what a destroying verb takes away stands last.
  const next = words.slice(
    destructiveVerbs.has(word) ? Math.max(at + 1, words.length - 1) : at + 1,
  );
  const special = byObject.find(
    (one) => one.verbs.includes(word) && next.some((thing) => one.things.has(stem(thing))),
  );
  if (special !== undefined) return special.access;
  if (destructiveVerbs.has(word)) return "destructive";
  if (writeVerbs.has(word)) return "write";
  return readVerbs.has(word) || questionWords.has(word) ? "read" : undefined;
}

/** Words after which a thing stands: `mark_as_read`, `add_to_list`. */
const prepositions = new Set(["as", "to", "from", "by", "for", "of", "with", "in", "on", "into"]);

/** Something is done before it: in `linked_in_delete_post` the "in" belongs to a name. */
function standsAfterPreposition(words: readonly string[], at: number): boolean {
  if (!prepositions.has(words[at - 1] ?? "")) return false;
  return words.slice(0, at - 1).some((_, before) => accessOf(words, before) !== undefined);
}

/** `get_project_updates`: an ending that only the first word of a name, or a joined one, has as a verb. */
function severalThings(words: readonly string[], at: number): boolean {
  const word = words[at] ?? "";
  return at > 0 && !joined(words, at) && word !== stem(word);
}

function joined(words: readonly string[], at: number): boolean {
  return [at - 1, at + 1].some((beside) => conjunctions.has(words[beside] ?? ""));
}

function verbsOf(words: readonly string[], opening: string): readonly Verb[] {
  const verbs = words.flatMap((word, at) => {
    const access = accessOf(words, at);
    if (access === undefined || standsAfterPreposition(words, at)) return [];
    return access !== "read" && severalThings(words, at) ? [] : [{ word, at, access }];
  });
  const first = verbs[0];
  if (first === undefined || !surelyReads(first, opening)) return verbs;
  return verbs.filter((verb) => verb === first || joined(words, verb.at));
}

/** `get_employee_leave`, `list_send`: there is no room for another verb. */
function surelyReads({ word }: Verb, opening: string): boolean {
  return sureReadVerbs.has(word) || (openingReadVerbs.has(word) && opening === word);
}

/** `release_get`, `sql_backup_list`: all that could change something is a noun. `trello_delete_list` deletes a list. */
function namesThing(verbs: readonly Verb[], end: Verb, opening: string): boolean {
  const changing = verbs.filter((verb) => verb.access !== "read");
  if (changing.some((verb) => !nounLikeVerbs.has(verb.word))) return false;
  // `mark_all_read`: the description begins with the same verb, and says that it is one.
  if (changing.some((verb) => verb.at === 0 && verb.word === opening)) return false;
  if (!readNouns.has(end.word) || opening === end.word) return true;
  return plainReadVerbs.has(opening) && changing.every((verb) => verb.at > 0);
}

/** `trace_session_start`: a thing that is spelled like a reading verb, and what is done with it at the end. */
function speaksOfThing({ word, at, access }: Verb): boolean {
  return at > 0 && access === "read" && !plainReadVerbs.has(word);
}

/** `list_update` updates a list, unless its description opens with "List". */
function isDone(verb: Verb, lead: Verb, opening: string): boolean {
  return seldomNouns.has(verb.word) && readNouns.has(lead.word) && opening !== lead.word;
}

const ranks: readonly ToolAccess[] = ["read", "write", "destructive"];

/** The verb of a name that does most, with the word that its description opens with. */
export function strongestVerb(words: readonly string[], opening: string): Verb | undefined {
  const verbs = verbsOf(words, opening);
  const first = verbs[0];
  if (first === undefined) return undefined;
  const end = verbs.find((verb) => verb.at === words.length - 1);
  if (end?.access === "read" && namesThing(verbs, end, opening)) return end;
  const lead = end !== undefined && speaksOfThing(first) ? end : first;
  const counted = verbs.filter((verb) => {
    if (verb === lead || joined(words, verb.at)) return true;
    if (nounLikeVerbs.has(verb.word)) return verb.at === lead.at + 1 && isDone(verb, lead, opening);
    // After a plain verb only the last word can be another.
    return verb === end || !plainReadVerbs.has(lead.word);
  });
  return counted.toSorted((a, b) => ranks.indexOf(b.access) - ranks.indexOf(a.access))[0];
}
