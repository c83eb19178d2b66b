import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { startAwsMock, type AwsWorld } from "../../mocks/aws/index.ts";
import { startMcpMock } from "../../mocks/mcp/index.ts";
import { awsDemoWorld } from "../../mocks/worlds/aws-demo.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { runCli } from "../cli/run-cli.ts";
import { knownSecrets } from "./secrets-corpus.ts";
import { unseenSecrets } from "./secrets-held-aside.ts";

const machine = "i-0a000000000000001";
const address = "203.0.113.11";
const planted = [...knownSecrets(), ...unseenSecrets()];
const texts = planted.filter(({ encoded }) => encoded === undefined).map(({ text }) => text);

const formats =
  "json jsonl sarif ocsf oscal cyclonedx csv junit markdown html openmetrics terminal".split(" ");

function withTags(value: Json): Json {
  if (Array.isArray(value)) return value.map(withTags);
  if (!isObject(value)) return value;
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, each]): [string, Json] => [key, withTags(each ?? null)]),
  );
  if (value["InstanceId"] !== machine || value["ImageId"] === undefined) return inner;
  return {
    ...inner,
    Tags: [
      { Key: "Name", Value: "agent-gateway" },
      ...texts.map((Value, index) => ({ Key: `conf-${index}`, Value })),
    ],
  };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function world(): AwsWorld {
  const region = awsDemoWorld.regions["us-east-1"] ?? {};
  const script = ["#!/bin/bash", "npx mcp-server --transport streamable-http", ...texts].join(
    "\n\n",
  );
  return {
    ...awsDemoWorld,
    regions: {
      ...awsDemoWorld.regions,
      "us-east-1": {
        ...region,
        ec2: {
          ...region["ec2"],
          DescribeInstances: withTags(region["ec2"]?.["DescribeInstances"] ?? {}),
          DescribeInstanceAttribute: {
            [machine]: {
              InstanceId: machine,
              UserData: { Value: Buffer.from(script).toString("base64") },
            },
          },
        },
        lambda: {
          ...region["lambda"],
          ListFunctions: {
            Functions: planted.map(({ text, encoded }, index) => ({
              FunctionName: `f${index}`,
              FunctionArn: `arn:aws:lambda:us-east-1:111122223333:function:f${index}`,
              Environment: { Variables: { CONFIG: encoded ?? text } },
            })),
          },
        },
      },
    },
  };
}

async function* artefacts(directory: string): AsyncGenerator<readonly [string, string]> {
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    yield [path, (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8")];
  }
}

test("no planted value is in any artefact of a run", { timeout: 120_000 }, async () => {
  const aws = await startAwsMock(world());
  const server = await startMcpMock("streamable-stateless", {
    tools: texts.map((description, index) => ({
      name: `tool_${index}`,
      description,
      inputSchema: { type: "object", properties: { q: { type: "string", description } } },
    })),
  });
  const cwd = await mkdtemp(join(tmpdir(), "postern-planted-"));
  const outputs = formats.flatMap((name) => ["-f", `${name}=out.${name}`]);

  const { code, stdout, stderr } = await runCli(
    [
      "audit",
      "--provider",
      "aws",
      "--log-format",
      "json",
      "--connect-to",
      `${address}:8000:127.0.0.1:${server.port}`,
      ...outputs,
    ],
    {
      cwd,
      env: {
        AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "x",
        AWS_REGION: "us-east-1",
        AWS_ENDPOINT_URL: aws.url,
      },
    },
  );
  await Promise.all([aws.close(), server.close()]);

  expect(code, stderr).toBe(0);
  const files: (readonly [string, string])[] = [
    ["stdout", stdout],
    ["stderr", stderr],
  ];
  for await (const file of artefacts(cwd)) files.push(file);
  expect(files.length).toBeGreaterThan(formats.length + 20);
  expect(files.some(([, text]) => text.includes("static-credentials"))).toBe(true);
  const found = planted.flatMap(({ name, values }) =>
    values.flatMap((value) =>
      files
        .filter(
          ([, text]) => text.includes(value) || text.includes(JSON.stringify(value).slice(1, -1)),
        )
        .map(([path]) => `${name} in ${path.replace(cwd, "")}`),
    ),
  );
  expect(found).toEqual([]);
});
