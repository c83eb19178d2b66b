import { describe, expect, test } from "vitest";
import { probe } from "../../src/probe/probe.ts";
import { identifyProduct } from "../../src/probe/signatures/index.ts";
import { probeOptions, targetAt } from "../probe/target.ts";
import { listWithOfficialClient } from "./official-client.ts";
import type { Closed, Open, Recipe } from "./recipe.ts";
import { recipes } from "./recipes.ts";
import { isInstalled, startServer } from "./server.ts";

function isOpen(expected: Open | Closed): expected is Open {
  return "path" in expected;
}

/** Two servers at a time: some start a child for every session, and deadlines are real. */
const lanes = [Promise.resolve(), Promise.resolve()];

async function withServer(recipe: Recipe, run: (port: number) => Promise<void>): Promise<void> {
  const work = inTurn(lanes.shift(), recipe, run);
  lanes.push(work.catch(() => undefined));
  await work;
}

async function inTurn(
  turn: Promise<void> | undefined,
  recipe: Recipe,
  run: (port: number) => Promise<void>,
): Promise<void> {
  await turn;
  const server = await startServer(recipe);
  try {
    await run(server.port);
  } finally {
    await server.close();
  }
}

async function compare(port: number, expected: Open): Promise<void> {
  const found = await probe(targetAt(port), probeOptions());
  const listed = await listWithOfficialClient(port, expected);
  expect(found).toMatchObject({
    url: `http://127.0.0.1:${port}${expected.path}`,
    confidence: "confirmed",
    era: expected.era,
    transport: expected.transport,
    serverInfo: listed.serverInfo,
    authentication: {
      verdict: expected.verdict ?? "open",
      advertisesOauth: expected.advertisesOauth ?? false,
    },
    truncated: false,
    warnings: [],
  });
  expect(found.protocolVersions).not.toEqual([]);
  expect(found.tools?.map(({ name }) => name).toSorted()).toEqual(listed.tools.toSorted());
  expect(listed.tools).not.toEqual([]);
}

async function findClosed(port: number, { confidence, verdict, product }: Closed): Promise<void> {
  const found = await probe(targetAt(port), probeOptions());
  expect(found).toMatchObject({ confidence, authentication: { verdict } });
  expect(found.tools).toBeUndefined();
  if (product === undefined) return;
  const { banners } = found;
  expect(identifyProduct({ tools: [], banners })).toMatchObject({ id: product, basis: "signals" });
}

describe("Published servers", { timeout: 110_000 }, () => {
  test("are more than twenty configurations", () => {
    expect(recipes.length).toBeGreaterThan(20);
    expect(new Set(recipes.map(({ name }) => name)).size).toBe(recipes.length);
  });

  for (const recipe of recipes) {
    const { expected } = recipe;
    const there = isInstalled(recipe);
    const what = isOpen(expected)
      ? "is confirmed with what the official client lists"
      : `is ${expected.confidence} and not let in`;
    const why = there ? "" : " (skipped: not in test/servers/node_modules, see `npm run servers`)";
    test.skipIf(!there).concurrent(`${recipe.name} ${what}${why}`, async () => {
      await withServer(recipe, async (port) => {
        await (isOpen(expected) ? compare(port, expected) : findClosed(port, expected));
      });
    });
  }
});
