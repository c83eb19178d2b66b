import type { AccessRule, AccessVerdict } from "./verdict.ts";
import { verdict } from "./verdict.ts";
import type { ToolText } from "./tokens.ts";
import { tokenise } from "./tokens.ts";
import {
  deployableThings,
  destructiveVerbs,
  execPlaces,
  execWords,
  operationParameters,
  plainReadVerbs,
  programParameters,
  readingNouns,
  readVerbs,
  runnableThings,
  runVerbs,
  writeVerbs,
} from "./words.ts";

/** Verbs whose tool, given a program or command line, only looks at it or keeps it. */
const looksOnly = new Set([
  ...plainReadVerbs,
  "lint",
  "scan",
  "format",
  "review",
  "generate",
  "suggest",
  "create",
  "update",
]);

/** Names of tools that pass a whole command line, or any API call, to a cloud or a cluster. */
const routerNames: readonly RegExp[] = [
  /^call_aws$/,
  /^aws_cli_pipeline$/,
  /(?:^|_)run_(?:\w+_)?command$/,
  /^(?:run|execute|call|invoke)_(?:gcloud|az|azure|aws|oci|gsutil|bq|kubectl|helm|terraform|gh)(?:_\w+)?$/,
  /^invoke_\w+_api$/,
  /^call_api$/,
  /(?:^|_)raw_(?:call|request|api)$/,
  /(?:^|_)generic$/,
  /^(?:azure|aws|gcloud|gcp|oci|az|kubectl|gsutil|bq|gh)(?:_cli)?$/,
];

function takesProgram(text: ToolText): string | undefined {
  const parameter = text.tool.parameters.find(
    (one) => one.values.length === 0 && programParameters.has(tokenise(one.name).join("")),
  );
  return parameter?.name;
}

/** A query is not a program: running one is judged by the rules for query languages. */
function runs(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => runVerbs.has(word));
  if (at === -1) return undefined;
  const thing = words.slice(at + 1, at + 3).find((word) => runnableThings.has(word));
  return thing === undefined ? undefined : `${words[at] ?? ""} ${thing}`;
}

/** Whether a verb of its own or a choice of operations says what the tool does in a place that could run code. */
function acts(text: ToolText): boolean {
  const verbs = text.name.filter((word) => !runVerbs.has(word));
  return (
    verbs.some((word) => writeVerbs.has(word) || readVerbs.has(word)) ||
    text.tool.parameters.some((one) => operationParameters.has(tokenise(one.name).join("")))
  );
}

function execByName(text: ToolText): AccessVerdict | undefined {
  const first = text.name.find(
    (word) => readVerbs.has(word) || writeVerbs.has(word) || runVerbs.has(word),
  );
  if (looksOnly.has(first ?? "")) return undefined;
  const word = text.name.find((one) => execWords.has(one) || (execPlaces.has(one) && !acts(text)));
  if (word !== undefined && !text.name.some((one) => destructiveVerbs.has(one))) {
    return verdict("exec", "name", word, `"${word}" in the name runs what the caller brings`);
  }
  const phrase = runs(text.name);
  if (phrase === undefined) return undefined;
  return verdict("exec", "name", phrase, `the name says that it runs a program ("${phrase}")`);
}

/** Verbs that hand a program over to be run. */
const handsOver = new Set(["submit", "schedule", "queue", "enqueue"]);

/** `render_diagram`, `set_breakpoint`: what is done with the program is not to run it. */
function keepsProgram(word: string): boolean {
  const verb = readVerbs.has(word) || writeVerbs.has(word) || destructiveVerbs.has(word);
  return (verb || looksOnly.has(word)) && !handsOver.has(word);
}

/** Lines for a shell: they are typed to be run, whatever else is done besides. */
const commandLines = new Set([
  "command",
  "commands",
  "cmd",
  "commandline",
  "shellcommand",
  "clicommand",
  "bash",
]);

/** `describe_command`, `delete_command`. */
function onlyNamesCommand(word: string): boolean {
  return looksOnly.has(word) || destructiveVerbs.has(word);
}

function execByParameter(text: ToolText): AccessVerdict | undefined {
  const parameter = takesProgram(text);
  if (parameter === undefined) return undefined;
  const verbs = text.name.filter((word) => !runVerbs.has(word));
  const isLine = commandLines.has(tokenise(parameter).join(""));
  const spared = verbs.some(isLine ? onlyNamesCommand : keepsProgram);
  if (readingNouns.has(verbs.at(-1) ?? "") || spared) return undefined;
  return verdict(
    "exec",
    "parameter",
    parameter,
    `takes a program or command line in "${parameter}"`,
  );
}

function execByDeploying(text: ToolText): AccessVerdict | undefined {
  if (text.name[0] !== "deploy") return undefined;
  const thing = text.name.slice(1).find((word) => deployableThings.has(word));
  if (thing === undefined) return undefined;
  return verdict(
    "exec",
    "name",
    `deploy ${thing}`,
    "deploys, and so runs, code that the caller brings",
  );
}

const execSentence =
  /^(?:safely |directly )?(?:executes?|runs?|evaluates?|interacts? with|sends? input to)(?: an?| any| the| one or more| arbitrary| custom| raw| given){0,3}(?: [\w-]+){0,3}? (?:commands?|scripts?|code|javascript|python|process|processes|shell|repl|program|programs|workflow|expression|snippet)\b/i;

function execBySentence(text: ToolText): AccessVerdict | undefined {
  if (text.name.some((word) => looksOnly.has(word))) return undefined;
  const found = execSentence.exec(text.sentence)?.[0];
  if (found === undefined || /\bread-?only\b/i.test(text.sentence)) return undefined;
  if (/\bto (?:generate|list|get|show|check|analy[sz]e)\b/i.test(text.sentence)) return undefined;
  return verdict("exec", "description", found, "the description says that it runs a program");
}

/** One tool that reaches many operations: by a name that passes a command line on, or by its parameters. */
export const routerRule: AccessRule = (text) => {
  const name = text.name.join("_");
  const known = routerNames.some((pattern) => pattern.test(name));
  if (known && !runsOnHost(text)) {
    return verdict("exec", "name", text.tool.name, "passes a whole command or API call on", {
      router: true,
    });
  }
  const request = anyRequest(text);
  if (request !== undefined) {
    return verdict("exec", "parameter", request, "sends any request that the caller makes up", {
      router: true,
    });
  }
  const has = (parameter: string): boolean => text.parameters.has(parameter);
  if (!has("intent") || !has("command") || !(has("parameters") || has("learn"))) return undefined;
  const destroys = tokenise(text.tool.description).find((word) => destructiveVerbs.has(word));
  return destroys === undefined
    ? verdict(
        "write",
        "parameter",
        "intent, command, parameters",
        "routes to any command of its area",
        { router: true },
      )
    : verdict("destructive", "description", destroys, "routes to any command of its area", {
        router: true,
      });
};

const requestWords = new Set([
  "request",
  "requests",
  "proxy",
  "api",
  "rest",
  "http",
  "call",
  "curl",
]);
const places = /(?:url|uri|endpoint|path)$/;

/** To fetch or query a place is to send it a request. */
function keepsRequest(word: string): boolean {
  if (word === "fetch" || word === "query") return false;
  return looksOnly.has(word) || destructiveVerbs.has(word);
}

/**
 * A method, a place and what to send, under a name that speaks of requests: every operation of an API in one tool. One
 * that keeps, changes or finds a request sends none.
 */
function anyRequest(text: ToolText): string | undefined {
  if (text.name.some((word) => keepsRequest(word))) return undefined;
  const names = [...text.parameters];
  const place = names.find((name) => places.test(name));
  const carries = ["body", "data", "payload", "json"].some((name) => text.parameters.has(name));
  const method = ["method", "httpmethod", "verb"].find((name) => text.parameters.has(name));
  const speaks = text.name.some((word) => requestWords.has(word));
  return speaks && carries && method !== undefined && place !== undefined
    ? `${method}, ${place}`
    : undefined;
}

/** `run_command`, `execute_command`: a command of the host, not of a cloud or cluster. */
function runsOnHost(text: ToolText): boolean {
  return /^(?:run|execute)_(?:shell_|terminal_|system_|bash_)?command$/.test(text.name.join("_"));
}

export const execRule: AccessRule = (text) =>
  execByName(text) ?? execByParameter(text) ?? execByDeploying(text) ?? execBySentence(text);
