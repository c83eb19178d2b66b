import type { HostAbility, ToolAccess, ToolCategory } from "../model/tool.ts";
import type { ToolText } from "./tokens.ts";

const secretWords = new Set(
  "secret secrets env environment credential credentials password passwords appsettings kubeconfig apikey tokens keys".split(
    " ",
  ),
);
const secretSentence =
  /\b(?:environment variables|connection strings?|secret(?: value)?s?\b|passwords?|private keys?|access keys?|api keys?|application settings|kubeconfig|credentials)\b/i;
const publicWords = new Set(["docs", "documentation", "validate", "check", "explain", "policy"]);

/** Whether its answers can hold secrets. Creating a secret discloses nothing; creating an access key does. */
export function disclosesSecrets(text: ToolText, access: ToolAccess): boolean {
  if (access === "exec") return false;
  if (access !== "read")
    return (
      text.name.join(" ").includes("create access key") || text.name.join(" ").includes("rotate")
    );
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
function runsCode(
  text: ToolText,
  access: ToolAccess,
  router: boolean,
  categories: readonly ToolCategory[],
): boolean {
  if (access !== "exec" || router) return text.name.includes("pipeline") && router;
  return (
    categories.includes("code-exec") ||
    !(categories.includes("browser") || text.name[0] === "deploy")
  );
}

function fetchesUrls(text: ToolText): boolean {
  const named = text.name.some((word) => fetchWords.has(word));
  return (
    named && (has(text, urlParameters) || /\b(?:url|webpage|website)s?\b/i.test(text.sentence))
  );
}

/** What it lets a caller do on the host it runs on. */
export function hostAbilitiesOf(
  text: ToolText,
  access: ToolAccess,
  router: boolean,
  categories: readonly ToolCategory[],
): readonly HostAbility[] {
  const abilities: HostAbility[] = [];
  const runs = runsCode(text, access, router, categories);
  const files =
    categories.includes("filesystem") &&
    !categories.includes("source-control") &&
    has(text, pathParameters);
  const uploads = text.name.includes("upload") && has(text, pathParameters);
  if (runs) abilities.push("runs-code");
  if (fetchesUrls(text)) abilities.push("fetches-urls");
  if (
    (files && access === "read") ||
    uploads ||
    (access === "exec" && text.parameters.has("folderpath"))
  ) {
    abilities.push("reads-files");
  }
  if (files && (access === "write" || access === "destructive") && !uploads)
    abilities.push("writes-files");
  return abilities;
}
