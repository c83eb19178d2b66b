import process from "node:process";
import { interruptible } from "../context.ts";
import { exitCodeOf, outputsOf, writeReport } from "../output.ts";
import { progress } from "../progress.ts";
import { runAudit } from "../run-audit.ts";
import { adaptersOf, planOf } from "../session.ts";
import { settingsOf } from "../settings.ts";
import { viewOf } from "../view.ts";

/** Secrets of the demo are planted, so their fingerprints may be the same in every run. */
const demoKey = new TextEncoder().encode("postern demo: not a secret at all");

/** Audits a small cloud that runs on this machine: mocked APIs through the real SDK, real MCP servers on real sockets. */
export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("demo", argv);
  const outputs = outputsOf(values);
  const view = await viewOf(values);
  const { signal, interrupted } = interruptible();
  const line = progress({ quiet: values.quiet ?? false, json: values["log-format"] === "json" });
  line.report("Starting the demo cloud and its MCP servers on loopback");
  const { startDemo } = await import("../../mocks/demo.ts");
  const demo = await startDemo();
  try {
    // Nothing of this machine's own configuration may reach the demo, nor the demo this machine's cloud.
    for (const name of Object.keys(process.env)) {
      if (name.startsWith("AWS_")) delete process.env[name];
    }
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: "AKIAPOSTERNDEMO00000",
      AWS_SECRET_ACCESS_KEY: "not-a-secret",
      AWS_REGION: "us-east-1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    });
    const plan = await planOf({
      ...values,
      "aws-endpoint": demo.awsEndpoint,
      "connect-to": demo.connectTo,
    });
    const session = { signal, onProgress: line.report, probing: true };
    const adapters = await adaptersOf({ provider: ["aws"] });
    const decided = await runAudit(adapters, { ...plan, fingerprintKey: demoKey }, session);
    line.done();
    const report = view(decided.report);
    await writeReport(report, outputs);
    if (!values.quiet) {
      for (const note of demo.notes) process.stderr.write(`${note}\n`);
      process.stderr.write(
        `The demo audited a mock of AWS with ${demo.realServers} published MCP servers on loopback.\nRun directory: ${decided.directory}\n`,
      );
    }
    process.exitCode = exitCodeOf(report, values, interrupted());
  } finally {
    await demo.close();
  }
}
