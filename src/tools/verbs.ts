import type { Verb } from "./strongest-verb.ts";
import { strongestVerb } from "./strongest-verb.ts";
import { destroysInProse } from "./operations.ts";
import type { ToolText } from "./tokens.ts";
import { stem, unnegated } from "./tokens.ts";
import type { AccessRule, AccessVerdict } from "./verdict.ts";
import { verdict } from "./verdict.ts";
import {
  adviceNouns,
  agentNouns,
  anyVerbs,
  determiners,
  destructiveVerbs,
  disruptiveVerbs,
  emptyTails,
  formVerbs,
  interfaceVerbs,
  lossSentence,
  nounLikeVerbs,
  readVerbs,
  softReadVerbs,
  wordSet,
  writeVerbs,
} from "./words.ts";

/** `write_file`, `edit_block`: what stood there before is gone. */
function overwritesFile(text: ToolText, word: string): boolean {
  if (word !== "write" && word !== "edit") return false;
  return text.name.some((one) => ["file", "files", "block", "pdf"].includes(one));
}

/** Parameters that can only be where something is written. */
const outputPath =
  /^(?:destination|saveto|(?:output|out|destination|dest|target|save|download)(?:path|dir|directory|folder|file|filepath|filename))$/;
const localPath = /^(?:path|filepath|localpath|localfilepath)$/;

/** What each of these makes ends in a file where there is a parameter for one. */
const keepingVerbs = wordSet("download generate render convert extract fetch get");

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

function isVerb(word: string): boolean {
  return destructiveVerbs.has(word) || writeVerbs.has(word) || readVerbs.has(word);
}

/** Tools that drive a page: their verbs change the page, and "drop" or "close" destroys nothing. */
export const interfaceRule: AccessRule = (text) => {
  const drives =
    text.name.includes("browser") || text.sentenceWords.some((word) => interfaceHints.has(word));
  const [first = "", second = ""] = text.name.filter((word) => word !== "browser");
  const verb = [first, isVerb(first) ? "" : second].find((word) => interfaceVerbs.has(word));
  if (!drives || verb === undefined) return undefined;
  if (verb === "drop" && !text.name.includes("browser") && !text.sentenceWords.includes("element"))
    return undefined;
  return verdict("write", "name", verb, `"${verb}" acts on the page`);
};

/** `log_in` and `roll_back` are one verb each. */
const particles = new Set(["up", "down", "in", "out", "off", "back"]);

function joinParticles(name: readonly string[]): readonly string[] {
  const joins = (at: number): boolean =>
    particles.has(name[at] ?? "") && isVerb(`${name[at - 1] ?? ""}${name[at] ?? ""}`);
  return name.flatMap((word, at) =>
    joins(at) ? [] : [joins(at + 1) ? `${word}${name[at + 1] ?? ""}` : word],
  );
}

/** The words of a name without an empty tail, its last one as the verb it is made from. */
function telling(name: readonly string[]): readonly string[] {
  const end = name.findLastIndex((word) => !emptyTails.has(word));
  const last = agentNouns.get(name[end] ?? "") ?? name[end] ?? "";
  return joinParticles([...name.slice(0, Math.max(end, 0)), last]);
}

/** How far into a description a loss is looked for, in characters. */
const longestLook = 400;

/** What the words around a changing verb add to it. */
function worse({ word, access }: Verb, text: ToolText): AccessVerdict | undefined {
  if (access !== "write") return undefined;
  if (overwritesFile(text, word)) {
    return verdict("destructive", "name", word, "overwrites what the file held");
  }
  if (disruptiveVerbs.has(word) && text.tool.annotations.destructiveHint === true) {
    const because = `"${word}" interrupts service, and the tool calls itself destructive`;
    return verdict("destructive", "name", word, because);
  }
  const listed = anyVerbs.has(word) ? destroysInProse(text) : undefined;
  if (listed !== undefined) {
    return verdict("destructive", "description", listed, `lists "${listed}" among what it does`);
  }
  const loss = lossSentence.exec(unnegated(text.tool.description.slice(0, longestLook)))?.[0];
  if (loss === undefined) return undefined;
  return verdict("destructive", "description", loss, `what stood there is gone: "${loss}"`);
}

function keepsFile({ word }: Verb, text: ToolText): boolean {
  if (!keepingVerbs.has(word)) return false;
  const names = [...text.parameters];
  return names.some((one) => outputPath.test(one) || (word === "download" && localPath.test(one)));
}

/** Verbs of the name, searched at every word. */
export const nameRule: AccessRule = (text) => {
  const words = telling(text.name);
  const advice = words.at(-1) ?? "";
  if (adviceNouns.has(advice) && !destructiveVerbs.has(words[0] ?? "")) {
    return verdict("read", "name", advice, "tells about it, and does nothing", {
      strength: "weak",
    });
  }
  const verb = strongestVerb(words, stem(text.sentenceWords[0] ?? ""));
  if (verb === undefined) return undefined;
  if (keepsFile(verb, text)) {
    return verdict("write", "name", verb.word, "writes what it gets to a file of the host");
  }
  const strength = softReadVerbs.has(verb.word) ? "weak" : "strong";
  return (
    worse(verb, text) ??
    verdict(verb.access, "name", verb.word, `"${verb.word}" in the name`, { strength })
  );
};

/** The first word of the description, where it is a verb. */
export const sentenceRule: AccessRule = (text) => {
  const words = text.sentenceWords.slice(0, 12);
  for (const [at, word] of words.entries()) {
    const known = [word, stem(word)].find((one) => isVerb(one));
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
  const [word = "", next = ""] = text.sentenceWords;
  const known = [word, stem(word)].find((one) => destructiveVerbs.has(one) || writeVerbs.has(one));
  if (known === undefined) return found;
  if (formVerbs.has(known) || softReadVerbs.has(known)) return found;
  // "Close a connection" says no more of `disconnect` than its name.
  const surely = found.strength === "strong" && determiners.has(next);
  if (nounLikeVerbs.has(known) && !surely) return found;
  const access = destructiveVerbs.has(known) ? "destructive" : "write";
  return verdict(
    access,
    "description",
    word,
    `the description opens with "${word}", whatever the name says`,
  );
}
