import process from "node:process";
import { stringify } from "yaml";
import { settingsOf } from "../settings.ts";

/** Shows what `audit` would run with here; no credential is among the settings. */
export async function run(): Promise<void> {
  const { values, file } = await settingsOf("audit", {});
  process.stdout.write(
    `# ${file ?? "no postern.yaml found: these are the defaults"}\n${stringify(values)}`,
  );
}
