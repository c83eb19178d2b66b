// oxlint-disable typescript/no-unnecessary-template-expression -- split, so that no scanner takes them for leaks
import { describe, expect, test } from "vitest";
import { redactPage, redactPageLinted, redactText } from "../../src/hints/redact.ts";
import type { Json } from "../../src/model/json.ts";

const key = new Uint8Array(32).fill(5);
const b64 = (text: string): string => Buffer.from(text).toString("base64");
const stays = (page: Json): void => {
  expect(redactPage(page, key)).toEqual(page);
};
const goes = (page: Json): void => {
  const text = JSON.stringify(redactPage(page, key));
  expect(text).not.toContain("hunter2");
  expect(text).toMatch(/\[secret:[a-z-]+:[0-9a-f]{16}\]/);
};
const secret = "hunter2hunter2";

describe("a value is named by what stands before it", () => {
  test.each<[Json]>([
    [{ password: secret }],
    [{ Name: "password", Value: secret }],
    [{ name: "password", value: secret }],
    [{ Key: "password", Value: secret }],
    [{ key: "password", value: secret }],
    [{ ParameterKey: "password", ParameterValue: secret }],
    [{ password: { value: secret } }],
    [{ password: [secret] }],
    [{ password: ["a b c", secret] }],
    [["--password", secret]],
    [["-password", secret]],
    [{ a: ["--api-key", secret] }],
    [{ config: { secret } }],
    [{ a: [{ b: [{ password: secret }] }] }],
  ])("%j", (page) => {
    goes(page);
  });

  test.each<[Json]>([
    [{ name: "password", other: secret }],
    [{ name: "region", value: secret }],
    [{ password: { name: "region", value: secret } }],
    [["password", secret]],
    [["--password!", secret]],
    [["-", secret]],
    [["--password", "a", secret]],
    [[1, secret]],
    [{ password: true, count: 12_345, none: null }],
    [{ password: "a1" }],
  ])("and not: %j", (page) => {
    stays(page);
  });
});

describe("an object that points to a secret names it", () => {
  test.each([
    "secretKeyRef",
    "ref",
    "secretReference",
    "valueFrom",
    "valueSource",
    "Secret",
    "REF",
  ])("in %s", (name) => {
    stays({ [name]: { secret: "db9password9" } });
    stays({ a: { [name]: { secret: "db9password9", version: "1" } } });
  });

  test.each(["refs", "referenced", "xvalueFrom", "valueSources", "asecret", "config"])(
    "and in %s not",
    (name) => {
      goes({ [name]: { secret } });
    },
  );

  test("and nowhere else, where it holds one", () => {
    goes({ secret });
    goes({ secret: [secret] });
    goes({ a: [{ secret }] });
  });

  test("for no more than its own members, and only for its name", () => {
    goes({ secretKeyRef: { password: secret } });
    goes({ secretKeyRef: { inner: { secret } } });
    stays({ secretKeyRef: [{ secret: "db9password9" }] });
  });
});

describe("user data is stored decoded", () => {
  const script = "#!/bin/sh\nnpx mcp\n";
  test.each<[Json, Json]>([
    [{ UserData: b64(script) }, { UserData: script }],
    [{ "user-data": b64(script) }, { "user-data": script }],
    [{ user_data: b64(script) }, { user_data: script }],
    [{ customData: b64(script) }, { customData: script }],
    [{ "custom-data": b64(script) }, { "custom-data": script }],
    [{ UserData: { Value: b64(script) } }, { UserData: { Value: script } }],
    [
      { key: "user-data", value: b64(script) },
      { key: "user-data", value: script },
    ],
    [{ UserData: [b64(script)] }, { UserData: [script] }],
  ])("%j", (page, redacted) => {
    expect(redactPage(page, key)).toEqual(redacted);
  });

  test.each<[Json]>([
    [{ xUserData: b64(script) }],
    [{ UserDataX: b64(script) }],
    [{ UserData: { other: b64(script) } }],
    [{ UserData: { Value: { Value: { deep: b64(script) } } } }],
    [{ UserData: "short" }],
    [{ UserData: "a b c" }],
  ])("and not: %j", (page) => {
    stays(page);
  });

  test("or described when 40 characters or more are no text", () => {
    const bytes = (length: number): string => Buffer.alloc(length, 200).toString("base64");
    expect(redactPage({ UserData: bytes(30) }, key)).toEqual({
      UserData: "[binary: 30 bytes, not text]",
    });
    const short = bytes(27);
    expect(short).toHaveLength(36);
    stays({ UserData: short });
  });
});

describe("depth", () => {
  const nested = (depth: number, list: boolean): Json => {
    let page: Json = "x";
    for (let level = 0; level < depth; level += 1) page = list ? [page] : { page };
    return page;
  };

  test.each([true, false])("of 200 is read and of 201 refused, in lists %s", (list) => {
    stays(nested(200, list));
    expect(() => redactPage(nested(201, list), key)).toThrow("JSON is nested deeper than 200");
  });

  test("of base64 is followed three times", () => {
    const once = (text: string): string => b64(`say ${text} and go on`);
    const plain = "password=hunter2hunter2";
    for (const text of [plain, once(plain), once(once(plain)), once(once(once(plain)))]) {
      expect(redactText(text, key)).toContain("[secret:password:");
    }
    const deep = once(once(once(once(plain))));
    expect(redactText(deep, key)).not.toContain("[secret:password:");
    expect(redactText(deep, key)).toContain("[base64 not decoded: nested too deep]");
  });
});

describe("base64 in the midst of text", () => {
  const filler = "#".repeat(60);
  const wrapped = b64(`${filler}\nexport DB_PASSWORD=hunter2hunter2\n${filler}`);
  const hidden = b64("export DB_PASSWORD=hunter2hunter2 # and so on");

  test.each([
    `run ${hidden} now`,
    `"${hidden}"`,
    `x=${hidden};`,
    hidden.replaceAll("+", "-").replaceAll("/", "_"),
    wrapped.replaceAll(/(.{40})/g, "$1\n  "),
    wrapped.replaceAll(/(.{76})/g, "$1\r\n"),
  ])("is decoded when it hides a secret: %s", (text) => {
    const redacted = redactText(text, key);
    expect(redacted).toContain("DB_PASSWORD=[secret:password:");
    expect(redacted).not.toContain(hidden.slice(8, 40));
  });

  test.each([
    b64("just words about nothing at all"),
    "0123456789abcdef0123456789abcdef01234567",
    "aVeryLongIdentifierOfSomething",
  ])("stays when it hides none: %s", (text) => {
    expect(redactText(text, key)).toBe(text);
  });

  test("is told when it is packed and cannot be read", () => {
    const broken = Buffer.from([0x1f, 0x8b, ...Array.from({ length: 40 }, () => 7)]);
    expect(redactText(`a ${broken.toString("base64")} b`, key)).toBe(
      "a [binary: gzip, broken or over 1048576 bytes] b",
    );
  });
});

describe("parts of a message", () => {
  const part = (body: string, end = "\n--x--"): string =>
    `--x\nContent-Transfer-Encoding: base64\n\n${body}${end}`;

  test("are decoded one after the other and say so", () => {
    const text = `${part(b64("echo one"), "\n")}${part(b64("echo two"))}`;
    expect(redactText(text, key)).toBe(
      "--x\nContent-Transfer-Encoding: 8bit\n\necho one\n--x\nContent-Transfer-Encoding: 8bit\n\necho two\n--x--",
    );
  });

  test.each([
    ["in other case", "content-transfer-encoding:\tBASE64\r\n\r\nZWNobyBvbmU=", "echo one"],
    ["without an end", "Content-Transfer-Encoding: base64\n\nZWNobyBvbmU=", "echo one"],
    [
      "of bytes",
      `Content-Transfer-Encoding: base64\n\n${Buffer.alloc(30, 200).toString("base64")}`,
      "[binary: 30 bytes, not text]",
    ],
  ])("are decoded %s", (_name, text, told) => {
    expect(redactText(text, key)).toMatch(/^Content-Transfer-Encoding: 8bit/);
    expect(redactText(text, key).endsWith(told)).toBe(true);
  });

  test.each([
    "Content-Transfer-Encoding: base64\n\nno base64 here!",
    "Content-Transfer-Encoding: base64",
    "Content-Transfer-Encoding: 7bit\n\nZWNobyBvbmU=",
  ])("stay when they are none: %j", (text) => {
    expect(redactText(text, key)).toBe(text);
  });
});

test("keys of objects are read as well, and stay when they hold no secret", () => {
  const url = "https://app:hunter2hunter2@db.internal/x";
  expect(JSON.stringify(redactPage({ [url]: 1 }, key))).not.toContain("hunter2");
  stays({ "https://a.example/x": 1, short: 2 });
});

describe("what only the linter knows", () => {
  const linear = `lin${"_api_"}${"a1B2".repeat(10)}`;

  test("is replaced wherever it stands, and all else stays", async () => {
    const page = {
      a: [linear, { b: `x ${linear}` }],
      n: 1,
      none: null,
      ok: true,
      note: "as it is",
    };
    const redacted = await redactPageLinted(page, key);
    expect(JSON.stringify(redacted)).not.toContain(linear);
    expect(redacted).toMatchObject({
      a: [
        expect.stringMatching(/^\[secret:linear:\w{16}\]$/),
        { b: expect.stringMatching(/^x \[secret:linear:\w{16}\]$/) },
      ],
      n: 1,
      none: null,
      ok: true,
      note: "as it is",
    });
  });

  test("is not asked about a page without a sign of it", async () => {
    const page = { a: "just words about nothing", b: ["and more of them, in a list"] };
    expect(await redactPageLinted(page, key)).toEqual(page);
  });
});

test("a secret under its name keeps the type that its shape tells", () => {
  const token = `gh${"p_"}${"aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYabcd"}`;
  expect(redactPage({ password: token, x: token }, key)).toEqual({
    password: expect.stringMatching(/^\[secret:github-token:/),
    x: expect.stringMatching(/^\[secret:github-token:/),
  });
  const aws = `wJalrXUtnFEMI/K7MDENG/${"bPxRfiCYEXAMPLEKEY"}`;
  expect(redactPage({ SecretAccessKey: aws }, key)).toEqual({
    SecretAccessKey: expect.stringMatching(/^\[secret:aws-secret-access-key:/),
  });
  expect(redactPage({ password: `x ${token} y` }, key)).toEqual({
    password: expect.stringMatching(/^\[secret:password:\w{16}\]$/),
  });
});
