import type { ToolAccess } from "../model/tool.ts";
import type { ToolText } from "./tokens.ts";
import type { AccessRule, AccessVerdict } from "./verdict.ts";
import { verdict } from "./verdict.ts";
import {
  answeredThings,
  askedThings,
  destructiveVerbs,
  disruptiveVerbs,
  interfaceVerbs,
  nounLikeVerbs,
  passingThings,
  plainReadVerbs,
  readVerbs,
  resolvableThings,
  softReadVerbs,
  watchedThings,
  wordSet,
  writeVerbs,
} from "./words.ts";

interface Verb {
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
];

function accessOf(words: readonly string[], at: number): ToolAccess | undefined {
  const word = words[at] ?? "";
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
  return readVerbs.has(word) ? "read" : undefined;
}

function verbsOf(words: readonly string[]): readonly Verb[] {
  return words.flatMap((word, at) => {
    const access = accessOf(words, at);
    return access === undefined ? [] : [{ word, at, access }];
  });
}

/** `storage_blob_upload`: things first, and the verb that says what is done with them at the end. */
function endsWithVerb(first: Verb, last: Verb, words: readonly string[]): boolean {
  if (first.at === 0 || last.at !== words.length - 1) return false;
  return (
    !(nounLikeVerbs.has(last.word) && plainReadVerbs.has(first.word)) &&
    !(plainReadVerbs.has(first.word) && last.access === "read")
  );
}

/** A later verb counts when it is joined on, ends the name, or cannot be a noun after a verb that is not plainly reading. */
function counts(verb: Verb, lead: Verb, words: readonly string[]): boolean {
  if (verb === lead) return true;
  if (conjunctions.has(words[verb.at - 1] ?? "") || conjunctions.has(words[verb.at + 1] ?? ""))
    return true;
  if (lead.at === words.length - 1 && lead.at > verb.at)
    return lead.access !== "read" && !nounLikeVerbs.has(verb.word);
  if (nounLikeVerbs.has(verb.word)) return false;
  if (verb.at === words.length - 1) return true;
  return !plainReadVerbs.has(lead.word);
}

const ranks: readonly ToolAccess[] = ["read", "write", "destructive"];

function strongestVerb(words: readonly string[]): Verb | undefined {
  const verbs = verbsOf(words);
  const last = verbs.at(-1);
  const first = verbs[0];
  if (first === undefined || last === undefined) return undefined;
  const lead = endsWithVerb(first, last, words) ? last : first;
  const counted = verbs.filter((verb) => counts(verb, lead, words));
  return counted.toSorted((a, b) => ranks.indexOf(b.access) - ranks.indexOf(a.access))[0];
}

/** `write_file`, `edit_block`: what stood there before is gone. */
function overwritesFile(text: ToolText, word: string): boolean {
  if (word !== "write" && word !== "edit") return false;
  return text.name.some((one) => ["file", "files", "block", "pdf"].includes(one));
}

/** Parameters that can only be where something is written. */
const outputPaths =
  wordSet(`destination outputpath outputdir outputdirectory destinationpath savepath saveto savedir targetpath
  downloadpath downloaddir outputfile`);
const localPaths = new Set([...outputPaths, ...wordSet("path filepath localpath localfilepath")]);

/** What each of these makes ends in a file where there is a parameter for one. */
const keepingVerbs = new Map([
  ["download", localPaths],
  ["generate", outputPaths],
  ["render", outputPaths],
  ["convert", outputPaths],
  ["extract", outputPaths],
  ["fetch", outputPaths],
]);

const interfaceHints = new Set([
  "browser",
  "page",
  "element",
  "webpage",
  "cursor",
  "keyboard",
  "viewport",
  "dialog",
  "tab",
]);

/** Tools that drive a page: their verbs change the page, and "drop" or "close" destroys nothing. */
export const interfaceRule: AccessRule = (text) => {
  const drives =
    text.name.includes("browser") || text.sentenceWords.some((word) => interfaceHints.has(word));
  const verb = text.name.find((word) => word !== "browser" && word !== "page");
  if (!drives || verb === undefined || !interfaceVerbs.has(verb)) return undefined;
  if (verb === "drop" && !text.name.includes("browser") && !text.sentenceWords.includes("element"))
    return undefined;
  return verdict("write", "name", verb, `"${verb}" acts on the page`);
};

/** Verbs of the name, searched at every word. */
export const nameRule: AccessRule = (text) => {
  const verb = strongestVerb(text.name);
  if (verb === undefined) return undefined;
  if (overwritesFile(text, verb.word)) {
    return verdict("destructive", "name", verb.word, "overwrites what the file held");
  }
  if (
    disruptiveVerbs.has(verb.word) &&
    verb.access === "write" &&
    text.tool.annotations.destructiveHint === true
  ) {
    return verdict(
      "destructive",
      "name",
      verb.word,
      `"${verb.word}" interrupts service, and the tool calls itself destructive`,
    );
  }
  const kept = keepingVerbs.get(verb.word);
  if (verb.access === "read" && kept && [...text.parameters].some((name) => kept.has(name))) {
    return verdict("write", "name", verb.word, "writes what it gets to a file of the host");
  }
  return verdict(verb.access, "name", verb.word, `"${verb.word}" in the name`, {
    strength: softReadVerbs.has(verb.word) ? "weak" : "strong",
  });
};

function stem(word: string): string {
  if (/(?:sh|ch|ss|x)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

/** The first word of the description, where it is a verb. */
export const sentenceRule: AccessRule = (text) => {
  const words = text.sentenceWords.slice(0, 12);
  for (const [at, word] of words.entries()) {
    const known = [word, stem(word)].find(
      (one) => destructiveVerbs.has(one) || writeVerbs.has(one) || readVerbs.has(one),
    );
    if (known === undefined || (at > 0 && nounLikeVerbs.has(known))) continue;
    const access = destructiveVerbs.has(known)
      ? "destructive"
      : writeVerbs.has(known)
        ? "write"
        : "read";
    return verdict(access, "description", word, `"${word}" in the first sentence`, {
      strength: "weak",
    });
  }
  return undefined;
};

/** A description that opens with a changing verb outweighs a name that sounds like reading. */
export function raiseBySentence(text: ToolText, found: AccessVerdict): AccessVerdict {
  if (found.access !== "read") return found;
  const word = text.sentenceWords[0] ?? "";
  const known = [word, stem(word)].find(
    (one) => !nounLikeVerbs.has(one) && (destructiveVerbs.has(one) || writeVerbs.has(one)),
  );
  if (known === undefined || accessOf(text.sentenceWords, 0) === "read") return found;
  const access = destructiveVerbs.has(known) ? "destructive" : "write";
  return verdict(
    access,
    "description",
    word,
    `the description opens with "${word}", whatever the name says`,
  );
}
