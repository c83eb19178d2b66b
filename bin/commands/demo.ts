import process from "node:process";
import { providers, type Provider, type Report } from "../../src/index.ts";
import { interruptible } from "../context.ts";
import { cloudLines, digestOf } from "../demo-digest.ts";
import { isolate } from "../demo-environment.ts";
import { emit, exitCodeOf, outputsOf, writeReport } from "../output.ts";
import { progress } from "../progress.ts";
import { runAudit } from "../run-audit.ts";
import { adaptersOf, planOf } from "../session.ts";
import { settingsOf } from "../settings.ts";
import { skippable, within } from "../skippable.ts";
import { viewOf } from "../view.ts";

/** Secrets of the demo are planted, so their fingerprints may be the same in every run. */
const demoKey = new TextEncoder().encode("postern demo: not a secret at all");

/** Audits four small clouds that run on this machine: mocked APIs through the real SDKs, real MCP servers on real sockets. */
export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("demo", argv);
  const outputs = outputsOf(values);
  const view = await viewOf(values);
  const { signal, interrupted } = interruptible();
  const line = progress({ quiet: values.quiet ?? false, json: values["log-format"] === "json" });
  line.report("Starting the demo clouds and their MCP servers on loopback");
  isolate();
  const { startDemo } = await import("../../mocks/demo.ts");
  const demo = await startDemo();
  try {
    const plan = await planOf({
      ...values,
      "aws-endpoint": demo.endpoints.aws,
      "azure-endpoint": demo.endpoints.azure,
      "gcp-endpoint": demo.endpoints.gcp,
      "oci-endpoint": demo.endpoints.oci,
      "connect-to": demo.connectTo,
    });
    const session = { signal, onProgress: line.report, probing: true };
    const absent = new Map<Provider, string>();
    const known = await adaptersOf({ provider: providers });
    const adapters = known.map((adapter) =>
      skippable(adapter.provider === "gcp" ? within(adapter, demo.gcpProject) : adapter, absent),
    );
    const decided = await runAudit(adapters, { ...plan, fingerprintKey: demoKey }, session);
    line.done();
    const report = await view(decided.report);
    await writeAll(report, outputs, `postern report ${decided.directory}`);
    if (!values.quiet) {
      const audited = providers.filter((provider) => !absent.has(provider)).length;
      for (const note of [...absent.values(), ...demo.notes]) process.stderr.write(`${note}\n`);
      process.stderr.write(
        `The demo audited mocks of ${audited} clouds with ${demo.realServers} published MCP servers on loopback.\nRun directory: ${decided.directory}\n`,
      );
    }
    process.exitCode = exitCodeOf(report, values, interrupted());
  } finally {
    await demo.close();
  }
}

/** On a terminal one story a cloud is enough; files, and whatever format is asked for by name, have all of it. */
async function writeAll(
  report: Report,
  outputs: ReturnType<typeof outputsOf>,
  more: string,
): Promise<void> {
  const files = outputs.filter(({ file }) => file !== undefined);
  const shown = outputs.find(({ file }) => file === undefined);
  await writeReport(report, files);
  if (shown?.name !== "terminal") return writeReport(report, shown ? [shown] : []);
  const digest = digestOf(report);
  await writeReport(digest, [shown]);
  const hidden = report.findings.length - digest.findings.length;
  const lines = [...cloudLines(report), "", `  ${hidden} more findings: ${more}`];
  await emit(`\n${lines.join("\n")}\n`, undefined);
}
