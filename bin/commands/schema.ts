import process from "node:process";
import { reportJsonSchema } from "../../src/index.ts";

export async function run(): Promise<void> {
  process.stdout.write(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
}
