import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { privilegeForms } from "../../bin/privilege-forms.ts";
import { adapters } from "../../providers/index.ts";
import { providers } from "../../src/model/provider.ts";

const all = providers.flatMap((provider) =>
  Object.keys(privilegeForms[provider]).map((form) => [provider, form] as const),
);

/** What a role of Resource Manager cannot hold. */
const graph = "Microsoft.Graph/";

async function granted(provider: (typeof providers)[number]): Promise<string[]> {
  const adapter = await adapters[provider]!();
  return [...new Set(adapter.calls.flatMap(({ permissions }) => permissions))].toSorted();
}

describe("what the auditor needs", () => {
  test.each(all)(
    "of %s as %s names every permission of the calls, once",
    async (provider, form) => {
      const every = await granted(provider);
      const text = privilegeForms[provider][form]!(every);
      const needed = every.filter((each) => each.startsWith(graph) === (form === "graph"));
      const quoted = needed.filter((each) =>
        text.split(/["\n]/).some((part) => part.includes(each.replace(graph, ""))),
      );

      expect(needed.length).toBeGreaterThan(form === "graph" ? 1 : 10);
      expect(text).not.toContain(graph);
      expect(quoted).toEqual(needed);
    },
  );

  test.each(all.filter(([, form]) => form === "json" || form === "arm"))(
    "of %s as %s is JSON",
    async (provider, form) => {
      expect(() => JSON.parse(privilegeForms[provider][form]!(["a", "b"]))).not.toThrow();
    },
  );

  test("of gcp as gcloud is the YAML that gcloud takes", () => {
    expect(parse(privilegeForms.gcp["gcloud"]!(["run.services.list"]))).toEqual({
      title: "Postern reader",
      description: "Reads configuration for Postern; changes nothing",
      stage: "GA",
      includedPermissions: ["run.services.list"],
    });
  });

  /** Words of the clouds' own languages for what changes, runs or reveals something. */
  const changing =
    /(?:create|update|delete|write|put|set|modify|start|stop|run|invoke|attach|getObject|listKeys|secrets?\.get|versions\.access)\b/i;

  test.each(providers)("of %s holds nothing that changes or reveals", async (provider) => {
    const bad = (await granted(provider)).filter((each) =>
      changing.test(each.split(/[:/.]/).at(-1)!),
    );
    expect(bad).toEqual([]);
    if (provider === "oci") {
      expect((await granted("oci")).filter((each) => !/^(?:inspect|read) /.test(each))).toEqual([]);
    }
  });
});
