import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { modulesOf } from "../../bench/harness/child.ts";

const tsx = fileURLToPath(import.meta.resolve("tsx"));

test("--help loads the option table and yargs, and no SDK, validator, probe or report", () => {
  const modules = modulesOf(["--import", tsx, "bin/postern.ts", "--help"]);

  const own = modules.filter((url) => /\/(bin|src|providers|mocks)\/[^@]*\.ts/.test(url));
  const packages = new Set(
    modules.flatMap((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []),
  );
  expect(own.some((url) => url.includes("/bin/postern.ts"))).toBe(true);
  expect(own.filter((url) => /\/(providers|src\/(probe|report|reach|audit))\//.test(url))).toEqual(
    [],
  );
  expect(packages.has("yargs")).toBe(true);
  expect([...packages].filter((name) => /^(@aws-sdk|@smithy|zod|pino)/.test(name))).toEqual([]);
}, 30_000);
