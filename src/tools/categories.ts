import type { Provider } from "../model/provider.ts";
import type { ToolAccess, ToolCategory, ToolEvidence } from "../model/tool.ts";
import { toolCategories } from "../model/tool.ts";
import { brandsOf } from "./brands.ts";
import { categoryWords, cloudDataWords } from "./category-words.ts";
import { cloudOf } from "./cloud.ts";
import type { ToolText } from "./tokens.ts";
import { stem } from "./tokens.ts";

interface Signs {
  readonly category: ToolCategory;
  readonly name: ReadonlySet<string>;
  readonly parameters: ReadonlySet<string>;
  readonly sentence?: RegExp | undefined;
}

const split = (text: string | undefined): ReadonlySet<string> =>
  new Set((text ?? "").split(/\s+/).filter(Boolean).map(stem));

const signs: readonly Signs[] = categoryWords.map((one) => ({
  category: one.category,
  name: split(one.name),
  parameters: split(one.parameters),
  sentence: one.sentence,
}));

function signOf(text: ToolText, one: Signs): ToolEvidence | undefined {
  const because = `tells ${one.category}`;
  const word = text.name.find((each) => one.name.has(stem(each)));
  if (word !== undefined) return { verdict: one.category, field: "name", text: word, because };
  const parameter = [...text.parameters].find((each) => one.parameters.has(stem(each)));
  if (parameter !== undefined)
    return { verdict: one.category, field: "parameter", text: parameter, because };
  const phrase = one.sentence?.exec(text.name.join(" "))?.[0];
  if (phrase !== undefined) return { verdict: one.category, field: "name", text: phrase, because };
  const found = one.sentence?.exec(`${text.label} ${text.sentence}`)?.[0];
  return found === undefined
    ? undefined
    : { verdict: one.category, field: "description", text: found, because };
}

/** Categories whose words a cloud's own resources share: there the cloud comes first. */
const notOfCloud: ReadonlySet<ToolCategory> = new Set([
  "web",
  "demo",
  "meta",
  "browser",
  "knowledge",
]);

const docsWords = new Set(["docs", "documentation", "guide", "guidance", "help"]);

export interface CategoryAnswer {
  readonly categories: readonly ToolCategory[];
  readonly evidence: readonly ToolEvidence[];
}

/** All categories that the tool's words tell, with the words. */
export function categoriesOf(text: ToolText, access: ToolAccess): CategoryAnswer {
  const onlyDocs = access === "read" ? text.name.find((word) => docsWords.has(word)) : undefined;
  if (onlyDocs !== undefined) {
    const because = "reads documentation, not what it describes";
    return {
      categories: ["docs"],
      evidence: [{ verdict: "docs", field: "name", text: onlyDocs, because }],
    };
  }
  const cloud = cloudOf(text);
  const told = [...signs.flatMap((one) => signOf(text, one) ?? []), ...brandsOf(text)];
  const evidence: ToolEvidence[] = toolCategories.flatMap((category) => {
    const sign = told.find((one) => one.verdict === category);
    return sign === undefined || (cloud !== undefined && notOfCloud.has(category)) ? [] : [sign];
  });
  if (cloud !== undefined) evidence.unshift(...ofCloud(text, cloud));
  if (access === "exec" && cloud === undefined) {
    evidence.push({
      verdict: "code-exec",
      field: "name",
      text: text.tool.name,
      because: "runs a program",
    });
  }
  if (evidence.length === 0) return recordsOf(text);
  return { categories: unique(evidence), evidence };
}

/** What is of a cloud is managed there; its objects and values are data as well. */
function ofCloud(text: ToolText, cloud: Provider): readonly ToolEvidence[] {
  const because = `speaks of ${cloud}`;
  const word = text.name.find((each) => cloudDataWords.has(each));
  const data: ToolEvidence[] =
    word === undefined ? [] : [{ verdict: "cloud-data", field: "name", text: word, because }];
  return [{ verdict: "cloud-control", field: "name", text: cloud, because }, ...data];
}

const pages = new Set(["limit", "offset", "page", "perpage", "pagesize", "cursor", "skip"]);

/** Records that are changed, listed by pages or fetched by ids, of a service that no word names. */
function recordsOf(text: ToolText): CategoryAnswer {
  const sign = [...text.parameters].find(
    (one) => pages.has(one) || /(?:id|ids|uid|slug)$/.test(one),
  );
  if (sign === undefined) return { categories: ["other"], evidence: [] };
  const because = "keeps records of a service that no word names";
  return {
    categories: ["saas-control", "other"],
    evidence: [{ verdict: "saas-control", field: "parameter", text: sign, because }],
  };
}

function unique(evidence: readonly ToolEvidence[]): readonly ToolCategory[] {
  const told = new Set(evidence.map((one) => one.verdict));
  return toolCategories.filter((one) => told.has(one));
}
