import process from "node:process";
import { clean, verifyRun, type Verification } from "../../src/index.ts";
import { exitCodes } from "../exit-codes.ts";
import { publicKeyOf } from "../keys.ts";
import { settingsOf } from "../settings.ts";

/** Exit code 1 when anything is not as it was written. */
export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("verify", argv);
  const found = await verifyRun(String(argv["run"]), await publicKeyOf(values.key));
  for (const { kind, path, because } of found.damages)
    process.stdout.write(`${kind.padEnd(9)} ${clean(path)}: ${clean(because)}\n`);
  process.stdout.write(`${verdictOf(found)}\n`);
  if (!values.quiet) for (const note of found.notes) process.stderr.write(`${clean(note)}.\n`);
  process.exitCode = found.damages.length === 0 ? exitCodes.clean : exitCodes.failed;
}

function verdictOf({ run: id, files, damages, signature }: Verification): string {
  if (damages.length > 0) {
    return `Run ${id} is not as it was written: ${damages.length} ${damages.length === 1 ? "difference" : "differences"}.`;
  }
  const signed = signature === "valid" ? ", and the signature is of the given key" : "";
  return `Run ${id} is as it was written: ${files} files match the manifest${signed}.`;
}
