import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { collectScenario } from "../../mocks/aws/collect-scenario.ts";
import { normalise } from "../../providers/aws/normalise.ts";
import { runNetworkCases } from "../../src/conformance/network-cases.ts";

const file = JSON.parse(readFileSync(new URL("net/aws.json", import.meta.url), "utf8"));
const ids: string[] = file.scenarios
  .filter(({ tags }: { tags: string[] }) =>
    tags.some((tag) => ["edge", "ecs", "middlebox"].includes(tag)),
  )
  .map(({ id }: { id: string }) => id);

describe("a front door, a task or a firewall that the real SDK reads from AWS's wire format is judged as declared", () => {
  test.each(ids)("%s", async (id) => {
    const [result] = await runNetworkCases(file, {
      normalise,
      collect: collectScenario,
      caseIds: [id],
    });
    expect(result).toMatchObject({ outcome: expect.stringMatching(/^(passed|skipped)$/) });
  });
});
