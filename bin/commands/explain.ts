import { PosternError } from "../../src/index.ts";
import type { OptionValues } from "../../src/options.ts";
import { newestRun } from "../newest-run.ts";
import { settingsOf } from "../settings.ts";

/** What a kind of explanation does with the words behind it. */
export interface Explain {
  readonly explain: (words: readonly string[], request: ExplainRequest) => Promise<void>;
}

export interface ExplainRequest {
  /** Directory of the recorded run. */
  readonly run: string;
  readonly values: OptionValues;
  readonly format: "text" | "json";
}

const kinds: Readonly<Record<string, () => Promise<Explain>>> = {
  finding: async () => import("./explain-finding.ts"),
  identity: async () => import("./explain-identity.ts"),
  path: async () => import("./explain-path.ts"),
};

/** Says of a recorded run why something is as it was found; reads nothing but the run directory. */
export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("explain", argv);
  const kind = String(argv["kind"]);
  const words = Array.isArray(argv["what"]) ? argv["what"].map(String) : [];
  const load = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!load) {
    throw new PosternError("OPTION_INVALID", `postern explain knows no ${JSON.stringify(kind)}`, {
      hint: `Write for example: postern explain ${Object.keys(kinds).join("|")} ...`,
    });
  }
  const format = formatOf(values);
  const { explain } = await load();
  await explain(words, { run: values.run ?? (await newestRun("postern-runs")), values, format });
}

function formatOf(values: OptionValues): ExplainRequest["format"] {
  const [format = "text", ...more] = values.format ?? [];
  if ((format === "text" || format === "json") && more.length === 0) return format;
  throw new PosternError("OPTION_INVALID", `postern explain cannot write ${format}`, {
    hint: "Use --format json, or no --format.",
  });
}
