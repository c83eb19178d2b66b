import process from "node:process";
import { PosternError } from "../src/errors.ts";
import { exitCodes } from "./exit-codes.ts";

/** One sentence and a hint for what the user can mend; a stack only for a defect of Postern. */
export function fail(error: unknown): void {
  process.exitCode = exitCodes.failed;
  if (error instanceof PosternError) {
    process.stderr.write(`postern: ${error.message.replace(/\.$/, "")}.\n  ${error.hint}\n`);
    return;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`postern: this is a defect of Postern, please report it.\n${detail}\n`);
}
