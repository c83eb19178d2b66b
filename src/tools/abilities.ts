import type { HostAbility, ToolAccess, ToolCategory } from "../model/tool.ts";
import type { ToolText } from "./tokens.ts";

const secretWords = new Set(
  "secret secrets env environment credential credentials password passwords appsettings kubeconfig apikey tokens keys".split(
    " ",
  ),
);
const secretSentence =
  /\b(?:environment variables|connection strings?|secret(?: value)?s?\b|passwords?|private keys?|access keys?|api keys?|application settings|kubeconfig|credentials)\b/i;
/** Keys that the service makes up, and so answers with. */
const madeKey =
  /\brotate\b|\b(?:create|generate|regenerate|issue)\b.*\b(?:access key|api key|token)s?(?: with .*| for .*)?$/;

/** Parameters that ask for what is otherwise hidden. */
const revealing = [
  "reveal",
  "decrypt",
  "withdecryption",
  "includesecrets",
  "showsecrets",
  "returnsecret",
];

const publicWords = new Set(["docs", "documentation", "validate", "check", "explain", "policy"]);

/** Whether its answers can hold secrets. Creating a secret discloses nothing; creating an access key does. */
export function disclosesSecrets(text: ToolText, access: ToolAccess): boolean {
  if (access !== "read") return madeKey.test(text.name.join(" "));
  if (has(text, revealing)) return true;
  if (text.name.some((word) => publicWords.has(word))) return false;
  return text.name.some((word) => secretWords.has(word)) || secretSentence.test(text.sentence);
}

const urlParameters = ["url", "urls", "uri", "endpoint", "imageurl", "websiteurl", "targeturl"];
const fetchWords = new Set(
  "fetch navigate crawl scrape extract open download browse request curl http get read load visit goto new render map".split(
    " ",
  ),
);
const pathParameters = [
  "path",
  "paths",
  "filepath",
  "filename",
  "localfilepath",
  "folderpath",
  "source",
  "outputpath",
  "localpath",
  "destination",
];

function has(text: ToolText, names: readonly string[]): boolean {
  return names.some((name) => text.parameters.has(name));
}

/** Whether it runs code on the host: a program of the caller's, not a command of a cloud or cluster, nor a page's script. */
function runsCode({ text, access, router, categories }: AbilitySheet): boolean {
  if (access !== "exec" || router || text.name[0] === "deploy") return false;
  return !categories.includes("browser") || text.name.includes("code");
}

function fetchesUrls(text: ToolText): boolean {
  const named = text.name.some((word) => fetchWords.has(word));
  return (
    named && (has(text, urlParameters) || /\b(?:url|webpage|website)s?\b/i.test(text.sentence))
  );
}

interface AbilityRule {
  readonly ability: HostAbility;
  readonly holds: (sheet: AbilitySheet) => boolean;
}

interface AbilitySheet {
  readonly text: ToolText;
  readonly access: ToolAccess;
  readonly router: boolean;
  readonly categories: readonly ToolCategory[];
}

function handlesFiles({ text, categories }: AbilitySheet): boolean {
  const local = categories.includes("filesystem") && !categories.includes("source-control");
  return local && has(text, pathParameters);
}

function uploadsFiles({ text }: AbilitySheet): boolean {
  return text.name.includes("upload") && has(text, pathParameters);
}

const abilityRules: readonly AbilityRule[] = [
  { ability: "runs-code", holds: runsCode },
  { ability: "fetches-urls", holds: (sheet) => fetchesUrls(sheet.text) },
  {
    ability: "reads-files",
    holds: (sheet) =>
      uploadsFiles(sheet) ||
      (handlesFiles(sheet) && sheet.access === "read") ||
      (sheet.access === "exec" && sheet.text.parameters.has("folderpath")),
  },
  {
    ability: "writes-files",
    holds: (sheet) =>
      handlesFiles(sheet) &&
      !uploadsFiles(sheet) &&
      (sheet.access === "write" || sheet.access === "destructive"),
  },
];

/** What it lets a caller do on the host it runs on. */
export function hostAbilitiesOf(sheet: AbilitySheet): readonly HostAbility[] {
  return abilityRules.filter((rule) => rule.holds(sheet)).map((rule) => rule.ability);
}
