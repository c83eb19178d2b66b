import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import yargs from "yargs";
import { yargsOptions, type OptionValues } from "../src/options.ts";
import { commands, type CommandName } from "../src/options/commands.ts";
import { parseOptions } from "../src/options/config.ts";
import { parseConnectTo, parseFormat, parseVantage } from "../src/options/parse.ts";
import { reporters } from "../src/report/index.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
].map((page) => ({ page, text: readFileSync(join(root, page), "utf8") }));

describe("the documentation", () => {
  test.each(pages)("$page links only to what exists", ({ page, text }) => {
    expect(brokenLinks(page, text)).toEqual([]);
  });

  test.each(pages)("$page names only files that exist", ({ text }) => {
    expect(missingFiles(text)).toEqual([]);
  });

  test.each(pages)("$page shows only commands that parse", ({ text }) => {
    expect(commandsIn(text).flatMap((line) => problemsOf(line) ?? [])).toEqual([]);
  });

  test("shows every npm script it names", () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(
      readFileSync(join(root, "package.json"), "utf8"),
    );
    const named = pages.flatMap(({ text }) =>
      [...text.matchAll(/\bnpm run (?:-s )?([a-z][a-z:-]*)/g)].map(([, name]) => name!),
    );
    expect(named).not.toEqual([]);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

describe("the check of the documentation", () => {
  test.each([
    "postern audit --regoin eu-west-1",
    "postern adit",
    "postern audit --fail-on severe",
    "postern report",
    "postern audit account",
    "postern audit -f nonsense",
    "postern probe --connect-to somewhere 127.0.0.1:80",
    "postern audit --vantage outside",
  ])("refuses %s", (line) => {
    expect(problemsOf(line)).toBeDefined();
  });

  test("finds commands in fenced blocks, however they are run", () => {
    const text = [
      "```sh",
      "postern audit --no-probe   # without probing",
      "$ npx postern demo",
      "npm run -s postern -- schema",
      "AWS_PROFILE=x postern collect \\",
      "  --region eu-west-1",
      "postern schema > schema.json && postern demo | less",
      "```",
      "postern is a word",
    ].join("\n");
    expect(commandsIn(text)).toEqual([
      "postern audit --no-probe",
      "postern demo",
      "postern schema",
      "postern collect --region eu-west-1",
      "postern schema",
      "postern demo",
    ]);
  });

  test("refuses a broken link, a missing heading and a missing file", () => {
    expect(
      brokenLinks("README.md", "[a](docs/nowhere.md) [b](docs/options.md#nothing)"),
    ).toHaveLength(2);
    expect(
      brokenLinks("README.md", "[a](docs/options.md#commands) [b](https://a.test/x.md)"),
    ).toEqual([]);
    expect(missingFiles("`src/nowhere.ts` `src/options.ts` `providers/*/policy`")).toEqual([
      "src/nowhere.ts",
    ]);
  });
});

function brokenLinks(page: string, text: string): string[] {
  return [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path, anchor] = target.split("#");
      const file = path === "" ? page : normalize(join(dirname(page), path!));
      return !existsSync(join(root, file)) || !(anchor === undefined || hasHeading(file, anchor));
    });
}

function hasHeading(file: string, anchor: string): boolean {
  if (!statSync(join(root, file)).isFile()) return false;
  const headings = readFileSync(join(root, file), "utf8").matchAll(/^#+ (.+)$/gm);
  return [...headings].some(
    ([, title]) =>
      title!
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, "")
        .replaceAll(" ", "-") === anchor,
  );
}

/** Code spans that read like a path of the repository. Names with a star stand for many and are left out. */
function missingFiles(text: string): string[] {
  const path = /`((?:bin|src|providers|mocks|test|bench|docs|deploy)\/[\w./-]*)`/g;
  return [...withoutFences(text).matchAll(path)]
    .map(([, file]) => file!)
    .filter((file) => !existsSync(join(root, file)));
}

function withoutFences(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, "");
}

function commandsIn(text: string): string[] {
  return [...text.matchAll(/^```(?:sh|bash|console|shell)\n([\s\S]*?)^```/gm)]
    .flatMap(([, block]) => block!.replaceAll(/\\\n\s*/g, "").split("\n"))
    .flatMap((line) => line.replace(/(^|\s)#.*$/, "").split(/&&|\||;|>/))
    .flatMap((part) => {
      const command = /^(?:\$ )?(?:\w+=\S+ )*(?:npx |npm run -s )?postern (?:-- )?(.*)$/.exec(
        part.trim(),
      );
      return command ? [`postern ${command[1]!.trim()}`] : [];
    });
}

/** What is wrong with a command line; undefined when the option table accepts it. */
function problemsOf(line: string): string | undefined {
  const [, name = "", ...args] = line.split(/\s+/);
  if (["--help", "--version"].includes(name)) return undefined;
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) return `${line}: no such command`;
  try {
    const { values, positionals } = parsed(command.name, args);
    checkValues(values);
    const complete = (command.positional === "") === (positionals === 0);
    return complete ? undefined : `${line}: takes ${command.positional || "no arguments"}`;
  } catch (error) {
    return `${line}: ${String(error)}`;
  }
}

function parsed(command: CommandName, args: readonly string[]) {
  const argv = yargs([...args])
    .options(yargsOptions(command))
    .strictOptions()
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new Error(message);
    })
    .parseSync();
  return { values: parseOptions(command, argv), positionals: argv._.length };
}

function checkValues(values: OptionValues): void {
  for (const rule of values["connect-to"] ?? []) parseConnectTo(rule);
  for (const format of values.format ?? []) {
    const { name } = parseFormat(format);
    if (!Object.hasOwn(reporters, name)) throw new Error(`no format ${name}`);
  }
  if (values.vantage !== undefined) parseVantage(values.vantage);
}
