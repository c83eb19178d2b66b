import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import yargs from "yargs";
import { optionRows, optionsOf, withDefaults, yargsOptions } from "../src/options.ts";
import { commands } from "../src/options/commands.ts";
import {
  configJsonSchema,
  configSchema,
  parseConfig,
  parseOptions,
} from "../src/options/config.ts";
import { optionsMarkdown } from "../src/options/markdown.ts";
import { parseConnectTo, parseFormat, parseVantage } from "../src/options/parse.ts";

describe("the option table", () => {
  test("has one row a name, and every command in it exists", () => {
    const names = optionRows.map((row) => row.name);
    expect(new Set(names).size).toBe(names.length);
    const known = new Set<string>(commands.map((command) => command.name));
    expect(optionRows.flatMap((row) => row.commands).filter((name) => !known.has(name))).toEqual(
      [],
    );
    expect(optionRows.filter((row) => row.commands.length === 0)).toEqual([]);
  });

  test("gives yargs, the configuration file and the page the same names", async () => {
    const fromYargs = new Set(commands.flatMap(({ name }) => Object.keys(yargsOptions(name))));
    const page = await readFile(new URL("../docs/options.md", import.meta.url), "utf8");
    const options = page.slice(page.indexOf("## Options"));
    const rows = [...options.matchAll(/^- \*\*`(?:-\w, )?--(?:\[no-\])?([a-z-]+).*$/gm)];
    expect([...fromYargs].toSorted()).toEqual(optionRows.map((row) => row.name).toSorted());
    expect(rows.map((row) => row[1])).toEqual(optionRows.map((row) => row.name));
    expect(
      rows.filter((row) => row[0].includes("configuration file")).map((row) => row[1]!),
    ).toEqual(Object.keys(configSchema.shape));
  });

  test("is what docs/options.md says (written anew by vitest -u)", async () => {
    await expect(optionsMarkdown()).toMatchFileSnapshot("../docs/options.md");
  });

  test("is what docs/postern.schema.json says (written anew by vitest -u)", async () => {
    const schema = `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
    await expect(schema).toMatchFileSnapshot("../docs/postern.schema.json");
    const accepts = new Ajv2020({ strict: true }).compile(JSON.parse(schema));
    expect(accepts({ region: ["eu-west-1"], "fail-on": "high" })).toBe(true);
    expect(accepts({ regions: ["eu-west-1"] })).toBe(false);
  });

  test("keeps what lifts a protection or names one run out of the configuration file", () => {
    const inFile = Object.keys(configSchema.shape);
    for (const name of ["i-own-this", "connect-to", "from-snapshot"]) {
      expect(inFile).not.toContain(name);
    }
  });
});

function typed(command: "audit" | "probe", args: string) {
  const argv = yargs(args.split(" "))
    .options(yargsOptions(command))
    .strictOptions()
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new Error(message);
    })
    .parseSync();
  return { values: parseOptions(command, argv), positional: argv._ };
}

describe("the command line", () => {
  test("splits commas where a list allows them and keeps repeated values in order", () => {
    expect(typed("audit", "--provider aws,azure --provider gcp --scope a,b").values).toEqual({
      provider: ["aws", "azure", "gcp"],
      scope: ["a", "b"],
    });
  });

  test("leaves the targets behind a repeatable option alone", () => {
    const { values, positional } = typed("probe", "--connect-to h:1:a:2 -f json 127.0.0.1:8000");
    expect(values).toEqual({ "connect-to": ["h:1:a:2"], format: ["json"] });
    expect(positional).toEqual(["127.0.0.1:8000"]);
  });

  test("refuses an unknown choice, an unknown option and a number out of range", () => {
    expect(() => typed("audit", "--provider aws,aliyun")).toThrow(/provider/);
    expect(() => typed("audit", "--verbose-please")).toThrow(/Unknown argument/);
    expect(() => typed("audit", "--attempt-timeout 0")).toThrow(/--attempt-timeout/);
    expect(() => typed("audit", "--attempt-timeout soon")).toThrow(/--attempt-timeout/);
  });

  test("tells a typed --no-probe from one that was not given", () => {
    expect(typed("audit", "--quiet").values.probe).toBeUndefined();
    expect(typed("audit", "--no-probe").values.probe).toBe(false);
    expect(typed("audit", "--probe").values.probe).toBe(true);
  });

  test("wins over the file, the file over the defaults, and other commands' options are dropped", () => {
    const file = parseConfig({ "fail-on": "high", out: "audits", region: ["eu-west-1"] });
    const { values } = typed("audit", "--fail-on low");
    const settings = withDefaults("audit", file, values);
    expect(settings["fail-on"]).toBe("low");
    expect(settings.out).toBe("audits");
    expect(settings["attempt-timeout"]).toBe(20_000);
    expect(withDefaults("report", file).region).toBeUndefined();
  });

  test("knows only the options of its command", () => {
    expect(optionsOf("schema")).toEqual([]);
    expect(Object.keys(yargsOptions("probe"))).toContain("i-own-this");
    expect(Object.keys(yargsOptions("audit"))).not.toContain("i-own-this");
  });
});

describe("the configuration file", () => {
  test("may be empty", () => {
    expect(parseConfig(null)).toEqual({});
    expect(parseConfig({})).toEqual({});
  });

  test.each([
    [{ region: ["eu-west-1", 7] }, "region[1]: expected string"],
    [{ "fail-on": "severe" }, "fail-on: expected one of"],
    [{ regions: ["eu-west-1"] }, '"regions"'],
    [{ "i-own-this": true }, '"i-own-this"'],
    [{ "attempt-timeout": 1.5 }, "attempt-timeout: expected int"],
    [["audit"], "expected object"],
  ])("is refused with its place: %j", (json, place) => {
    expect(() => parseConfig(json, "team.yaml")).toThrow(
      expect.objectContaining({
        code: "CONFIG_INVALID",
        message: expect.stringMatching(new RegExp(`^team\\.yaml: .*${escaped(place)}`)),
      }),
    );
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[[\].*+?]/g, String.raw`\$&`);
}

describe("--connect-to", () => {
  test.each([
    ["203.0.113.7:443:127.0.0.1:8443", "203.0.113.7", 443, "127.0.0.1", 8443],
    ["[2001:DB8::7]:443:[::1]:8443", "2001:db8::7", 443, "::1", 8443],
    ["Example.test:80::", "example.test", 80, "example.test", 80],
    ["a:1::65535", "a", 1, "a", 65_535],
    ["a:1:b:", "a", 1, "b", 1],
  ])("reads %s", (text, host, port, address, connectPort) => {
    expect(parseConnectTo(text)).toEqual({ host, port, address, connectPort });
  });

  test.each([
    "",
    "a:1:b",
    "a:0:b:1",
    "a:1:b:65536",
    ":1:b:1",
    "a::b:1",
    "2001:db8::7:443:::1:8443",
    "a:x:b:1",
    "a b:1:c:2",
    `${"x".repeat(1024)}:1:b:1`,
  ])("refuses %.40s", (text) => {
    expect(() => parseConnectTo(text)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });
});

describe("--format and --vantage", () => {
  test.each([
    ["json", { name: "json" }],
    ["sarif=out/a=b.sarif", { name: "sarif", file: "out/a=b.sarif" }],
  ])("reads %s", (text, expected) => {
    expect(parseFormat(text)).toEqual(expected);
  });

  test.each(["", "json=", "=file", "JSON"])("refuses the format %j", (text) => {
    expect(() => parseFormat(text)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });

  test("reads where the machine stands", () => {
    expect(parseVantage("internet")).toEqual({ kind: "internet" });
    expect(parseVantage("inside")).toEqual({ kind: "inside" });
    expect(parseVantage("inside:office vpn")).toEqual({ kind: "inside", network: "office vpn" });
    expect(() => parseVantage("outside")).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID" }),
    );
    expect(() => parseVantage("inside:")).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID" }),
    );
  });
});
