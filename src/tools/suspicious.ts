import type { ListedTool, ToolEvidence } from "../model/tool.ts";
import { suspiciousText } from "../model/tool.ts";

interface Sign {
  readonly pattern: RegExp;
  readonly because: string;
}

/**
 * Text that a person does not see, and text that is written to an agent instead of a person. The border has turned
 * characters that act into `\u{..}`. Every quantifier is bounded, because the text is hostile.
 *
 * https://invariantlabs.ai/blog/mcp-security-notification-tool-poisoning-attacks
 */
const signs: readonly Sign[] = [
  {
    pattern: /\\u\{e00[0-7][0-9a-f]\}/i,
    because: "Unicode tag characters spell a text that nobody sees",
  },
  {
    pattern: /\\u\{(?:202[a-e]|206[6-9])\}/i,
    because: "bidirectional controls show it in another order than it is read",
  },
  { pattern: /\\u\{(?:1b|9b|8|7f)\}/i, because: "terminal controls can erase what was shown" },
  {
    pattern: /(?:\\u\{(?:200[b-d]|206[0-4]|feff|e01[0-9a-e][0-9a-f]|fe0[0-9a-f])\}){4}/i,
    because: "a run of zero-width characters can hold a text that nobody sees",
  },
  { pattern: /<!--/, because: "a comment is not shown, but read" },
  {
    pattern:
      /\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:previous|prior|above|earlier|other|all)\b.{0,30}\b(?:instructions?|rules?|prompts?|guidelines)\b/i,
    because: "it tells the agent to drop its instructions",
  },
  {
    pattern:
      /\b(?:do not|don't|never|without)\s{1,3}(?:tell|telling|mention|mentioning|inform|informing|notify|notifying|reveal|revealing|alert|alerting|disclose|disclosing)\b.{0,40}\b(?:user|human|operator|anyone)\b/i,
    because: "it tells the agent to keep something from the user",
  },
  {
    pattern: /<\/?important>|<\/(?:system|secret|instructions?|hidden|admin)>/i,
    because: "it poses as a part of the agent's own prompt",
  },
  {
    pattern: /\[\/?INST\]|<\|(?:im_start|im_end|system|endoftext)\|>/,
    because: "it holds the separators of a model's prompt",
  },
  {
    pattern:
      /(?:~|\$HOME|\/home\/[\w-]{1,40}|\/root)\/\.(?:ssh|aws|kube|cursor|gnupg|netrc|config\/gcloud|docker)\b|\bid_rsa\b|\/etc\/(?:shadow|passwd)\b/,
    because: "it names a file that holds credentials",
  },
];

/** Longest piece of the text around a sign that the evidence quotes, in characters. */
const longestQuote = 80;

/** The signs in a tool's name, title, description and parameters; each field's first one. */
export function suspiciousIn(tool: ListedTool): readonly ToolEvidence[] {
  const fields: readonly (readonly [ToolEvidence["field"], readonly string[]])[] = [
    ["name", [tool.name]],
    ["title", tool.title === undefined ? [] : [tool.title]],
    ["description", [tool.description]],
    ["parameter", tool.parameters.flatMap(({ name, values }) => [name, ...values])],
  ];
  return fields.flatMap(([field, texts]) => {
    const [first] = texts.flatMap((text) => evidenceIn(field, text));
    return first ? [first] : [];
  });
}

function evidenceIn(field: ToolEvidence["field"], text: string): readonly ToolEvidence[] {
  for (const { pattern, because } of signs) {
    const found = pattern.exec(text);
    if (found) {
      const quote = text.slice(found.index, found.index + longestQuote);
      return [{ verdict: suspiciousText, field, text: quote, because }];
    }
  }
  return [];
}
