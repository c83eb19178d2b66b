import { expect, test } from "vitest";
import { decoyKinds, startDecoy, type DecoyKind } from "../../mocks/mcp/index.ts";
import { loopTime, watchLoop } from "../../src/probe/loop-time.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

const expected: Readonly<Record<DecoyKind, string>> = {
  "json-rpc-node": "none",
  "language-server": "none",
  "single-page-app": "none",
  reflector: "none",
  "result-reflector": "none",
  "event-feed": "none",
  "quiet-event-feed": "unknown",
  "basic-everywhere": "unknown",
  "bearer-everywhere": "unknown",
  "forbidden-everywhere": "unknown",
  "login-redirect": "unknown",
  "oauth-api": "unknown",
  odoo: "none",
  "endpoint-elsewhere": "none",
  graphql: "none",
  "a2a-agent": "related",
  "not-found": "none",
  "slow-drip": "unknown",
};

test.concurrent.each(decoyKinds)("%s is not taken for an MCP server", async (kind) => {
  const decoy = await startDecoy(kind);
  // Time in which the loop ran: on a busy machine the clock says nothing about the budget.
  const release = watchLoop();
  const started = loopTime();
  const found = await probe(
    targetAt(decoy.port),
    probeOptions({ limits: { recognitionMs: 2500 } }),
  );
  const took = loopTime() - started;
  release();
  await decoy.close();
  expect(["confirmed", "auth-required"]).not.toContain(found.confidence);
  expect(`${kind}: ${found.confidence}`).toBe(`${kind}: ${expected[kind]}`);
  expect(found.authentication.verdict).not.toBe("open");
  expect(found.exchanges.length).toBeLessThanOrEqual(8);
  expect(took).toBeLessThan(3000);
  expect(decoy.violations).toEqual([]);
});
