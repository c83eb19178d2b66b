import type { ToolAccess } from "../model/tool.ts";
import {
  answeredThings,
  askedThings,
  destructions,
  destructiveVerbs,
  grantedThings,
  mergedThings,
  nounLikeVerbs,
  passingThings,
  plainReadVerbs,
  questionWords,
  readNouns,
  readVerbs,
  resolvableThings,
  selectedThings,
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
export function accessOf(words: readonly string[], at: number): ToolAccess | undefined {
  const word = words[at] ?? "";
  if (word === "request" && mergedThings.has(words[at - 1] ?? "")) return undefined;
  // `clear_form_submissions`: what a destroying verb takes away stands last.
  const next = destructiveVerbs.has(word) ? words.slice(at + 1).slice(-1) : words.slice(at + 1);
  const special = byObject.find(
    (one) =>
      one.verbs.includes(word) &&
      next.some((thing) => one.things.has(thing) || one.things.has(stem(thing))),
  );
  if (special !== undefined) return special.access;
  if (destructiveVerbs.has(word)) return "destructive";
  if (writeVerbs.has(word)) return "write";
  return readVerbs.has(word) || questionWords.has(word) ? "read" : undefined;
}

/** Words after which a thing stands: `mark_as_read`, `add_to_list`. */
const prepositions = new Set(["as", "to", "from", "by", "for", "of", "with", "in", "on", "into"]);

/** `get_project_updates`: an ending that only the first word of a name, or a joined one, has as a verb. */
function severalThings(words: readonly string[], at: number): boolean {
  const word = words[at] ?? "";
  const one = stem(word);
  const verb = writeVerbs.has(one) || destructiveVerbs.has(one);
  return at > 0 && !joined(words, at) && word !== one && verb;
}

function joined(words: readonly string[], at: number): boolean {
  return [at - 1, at + 1].some((beside) => conjunctions.has(words[beside] ?? ""));
}

function verbsOf(words: readonly string[]): readonly Verb[] {
  // `list_send`: two words with a plain verb first have no room for another.
  if (words.length === 2 && plainReadVerbs.has(words[0] ?? "")) {
    return [{ word: words[0] ?? "", at: 0, access: "read" }];
  }
  return words.flatMap((word, at) => {
    const access = accessOf(words, at);
    if (access === undefined || prepositions.has(words[at - 1] ?? "")) return [];
    return access !== "read" && severalThings(words, at) ? [] : [{ word, at, access }];
  });
}

/** `storage_blob_upload`: things first, and the verb that says what is done with them at the end. */
function endsWithVerb(verbs: readonly Verb[], words: readonly string[], opening: string): boolean {
  const last = verbs.at(-1);
  const first = verbs[0];
  if (first === undefined || last === undefined || last.at !== words.length - 1) return false;
  if (last.access === "read" && verbs.some((verb) => changes(verb))) {
    return namesThing(verbs, last, opening);
  }
  if (first.at === 0) return false;
  return (
    !plainReadVerbs.has(first.word) || !(nounLikeVerbs.has(last.word) || last.access === "read")
  );
}

function changes(verb: Verb): boolean {
  return verb.access !== "read";
}

/** `release_get`, `sql_backup_list`: all that could change something is a noun. `trello_delete_list` deletes a list. */
function namesThing(verbs: readonly Verb[], last: Verb, opening: string): boolean {
  const changing = verbs.filter((verb) => changes(verb));
  if (changing.some((verb) => !nounLikeVerbs.has(verb.word))) return false;
  if (!readNouns.has(last.word) || opening === last.word) return true;
  return plainReadVerbs.has(opening) && changing.every((verb) => verb.at > 0);
}

/** A later verb counts when it is joined on, ends the name, or cannot be a noun after a verb that is not plainly reading. */
function counts(verb: Verb, lead: Verb, words: readonly string[]): boolean {
  if (verb === lead) return true;
  if (joined(words, verb.at)) return true;
  if (lead.at === words.length - 1 && lead.at > verb.at)
    return lead.access !== "read" && !nounLikeVerbs.has(verb.word);
  if (nounLikeVerbs.has(verb.word)) return false;
  return verb.at === words.length - 1 || !plainReadVerbs.has(lead.word);
}

const ranks: readonly ToolAccess[] = ["read", "write", "destructive"];

/** The verb of a name that does most, with the word that its description opens with. */
export function strongestVerb(words: readonly string[], opening: string): Verb | undefined {
  const verbs = verbsOf(words);
  const lead = verbs.at(endsWithVerb(verbs, words, opening) ? -1 : 0);
  if (lead === undefined) return undefined;
  const counted = verbs.filter((verb) => counts(verb, lead, words));
  return counted.toSorted((a, b) => ranks.indexOf(b.access) - ranks.indexOf(a.access))[0];
}

/** A verb without the ending of the third person, a thing without that of several. */
export function stem(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:sh|ch|ss|x)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}
