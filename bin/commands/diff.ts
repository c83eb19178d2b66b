import process from "node:process";
import { diffReports, diffText, openReport, PosternError, type Diff } from "../../src/index.ts";
import { parseOptions } from "../../src/options/config.ts";
import { parseFormat } from "../../src/options/parse.ts";
import { exitCodes } from "../exit-codes.ts";
import { emit, failsOn } from "../output.ts";
import { settingsOf } from "../settings.ts";
import { viewOf } from "../view.ts";

const formats: Readonly<Partial<Record<string, (diff: Diff) => string>>> = {
  terminal: diffText,
  json: (diff) => `${JSON.stringify(diff, null, 2)}\n`,
};

/** `--fail-on` counts what is new or graver than it was. */
export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("diff", argv);
  // Formats in postern.yaml are those of reports.
  const { format = ["terminal"] } = parseOptions("diff", argv);
  const outputs = format.map(parseFormat).map(({ name, file }) => {
    const render = formats[name];
    if (render) return { render, file };
    throw new PosternError("FORMAT_UNKNOWN", `A diff has no format ${JSON.stringify(name)}`, {
      hint: `Use one of: ${Object.keys(formats).join(", ")}.`,
    });
  });
  const view = await viewOf(values);
  const before = await openReport(String(argv["before"]));
  const after = await view(await openReport(String(argv["after"])));
  const diff = diffReports(before, after);
  for (const { render, file } of outputs) await emit(render(diff), file);
  const graver = diff.findings.changed.flatMap((item) => (item.graver ? [item.finding] : []));
  const worse = failsOn([...diff.findings.new, ...graver], values);
  process.exitCode = worse ? exitCodes.findings : exitCodes.clean;
}
