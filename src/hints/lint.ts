import { placeholder } from "./replace.ts";

/** Every text in which one of the linter's rules can find something has one of these in it. */
const signs =
  /:\/\/[^\s/]{0,200}@|-----BEGIN|private_key|_auth|npm_|xox|hooks\.slack|SG\.|shp[a-z]{2}_|gh[pousr]_|github_pat|sk-|lin_|ops_ey|(?:secret|access)[_.-]?key/i;

/** Rules of the preset that say nothing about secrets: what a file's own comments switch off is still a secret. */
const unwanted = /filter-comments/;
/** Messages about what is an identifier and stays. */
const identifiers: ReadonlySet<string> = new Set(["AWSAccountID", "AWSAccessKeyID"]);

/** Longer texts are left to the patterns: the linter's expressions are not bounded. */
const longest = 262_144;

type Lint = (text: string) => Promise<readonly { type: string; from: number; to: number }[]>;

/** Whether the linter has to be asked; most texts spare it, and pages without one never load it. */
export function needsLint(text: string): boolean {
  return text.length >= 16 && text.length <= longest && signs.test(text);
}

/** The text with what the linter finds in it replaced, in addition to what the patterns have replaced before. */
export async function replaceLinted(text: string, key: Uint8Array): Promise<string> {
  if (!needsLint(text)) return text;
  const lint = await (loaded ??= load());
  const found = (await lint(text)).toSorted((a, b) => a.from - b.from || b.to - a.to);
  let out = "";
  let copied = 0;
  for (const { type, from, to } of found) {
    const secret = text.slice(from, to);
    // Replaced before, or inside of one that was.
    if (from < copied || secret.includes("[secret:")) continue;
    out += text.slice(copied, from) + placeholder(type, secret, key);
    copied = to;
  }
  return out + text.slice(copied);
}

let loaded: Promise<Lint> | undefined;

async function load(): Promise<Lint> {
  const [{ lintSource }, preset] = await Promise.all([
    import("@secretlint/core"),
    import("@secretlint/secretlint-rule-preset-recommend"),
  ]);
  const config = {
    rules: preset.rules
      .filter((rule) => !unwanted.test(rule.meta.id))
      .map((rule) => ({ id: rule.meta.id, rule })),
  };
  return async (content) => {
    const { messages } = await lintSource({
      source: { filePath: "page.txt", content, ext: ".txt", contentType: "text" },
      options: { config, noPhysicFilePath: true },
    });
    return messages.flatMap((message) => {
      const [from, to] = message.range;
      const type = message.ruleId.replace(/^.*secretlint-rule-/, "");
      return identifiers.has(message.messageId) || to <= from ? [] : [{ type, from, to }];
    });
  };
}
