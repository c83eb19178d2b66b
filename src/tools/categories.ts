import type { ToolAccess, ToolCategory, ToolEvidence } from "../model/tool.ts";
import { categoryWords, cloudDataWords } from "./category-words.ts";
import { cloudOf } from "./cloud.ts";
import type { ToolText } from "./tokens.ts";

interface Signs {
  readonly category: ToolCategory;
  readonly name: ReadonlySet<string>;
  readonly parameters: ReadonlySet<string>;
  readonly sentence?: RegExp | undefined;
}

const split = (text: string | undefined): ReadonlySet<string> =>
  new Set((text ?? "").split(/\s+/).filter(Boolean));

const signs: readonly Signs[] = categoryWords.map((one) => ({
  category: one.category,
  name: split(one.name),
  parameters: split(one.parameters),
  sentence: one.sentence,
}));

function signOf(text: ToolText, one: Signs): ToolEvidence | undefined {
  const because = `tells ${one.category}`;
  const word = text.name.find((each) => one.name.has(each));
  if (word !== undefined) return { verdict: one.category, field: "name", text: word, because };
  const parameter = [...text.parameters].find((each) => one.parameters.has(each));
  if (parameter !== undefined)
    return { verdict: one.category, field: "parameter", text: parameter, because };
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

/** All categories that the tool's words tell, with the words. */
export function categoriesOf(
  text: ToolText,
  access: ToolAccess,
): { categories: readonly ToolCategory[]; evidence: readonly ToolEvidence[] } {
  const onlyDocs = access === "read" ? text.name.find((word) => docsWords.has(word)) : undefined;
  if (onlyDocs !== undefined) {
    const because = "reads documentation, not what it describes";
    return {
      categories: ["docs"],
      evidence: [{ verdict: "docs", field: "name", text: onlyDocs, because }],
    };
  }
  const cloud = cloudOf(text);
  const evidence: ToolEvidence[] = signs.flatMap((one) => {
    const sign = signOf(text, one);
    return sign === undefined || (cloud !== undefined && notOfCloud.has(one.category))
      ? []
      : [sign];
  });
  if (cloud !== undefined) {
    const word = text.name.find((each) => cloudDataWords.has(each));
    const category = word === undefined ? "cloud-control" : "cloud-data";
    evidence.unshift({
      verdict: category,
      field: "name",
      text: word ?? cloud,
      because: `speaks of ${cloud}`,
    });
    if (word !== undefined) {
      evidence.push({
        verdict: "cloud-control",
        field: "name",
        text: cloud,
        because: `speaks of ${cloud}`,
      });
    }
  }
  if (access === "exec" && cloud === undefined) {
    evidence.push({
      verdict: "code-exec",
      field: "name",
      text: text.tool.name,
      because: "runs a program",
    });
  }
  return { categories: unique(evidence), evidence };
}

function unique(evidence: readonly ToolEvidence[]): readonly ToolCategory[] {
  const told = new Set(evidence.map((one) => one.verdict));
  const inOrder: readonly ToolCategory[] = [
    "cloud-control",
    "cloud-data",
    ...signs.map((one) => one.category),
  ];
  const found = [...new Set(inOrder)].filter((one) => told.has(one));
  return found.length === 0 ? ["other"] : found;
}
