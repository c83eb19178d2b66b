import { describe, expect, test } from "vitest";
import type { ListedTool, Tool } from "../../src/model/tool.ts";
import { classify } from "../../src/tools/classify.ts";
import { listed, parameters } from "./labelled.ts";

const byRules = { useProductTables: false };

function judge(name: string, more: Partial<ListedTool> = {}): Tool {
  return classify(listed(name, more), byRules);
}

describe("categories", () => {
  test.each([
    ["a product in the name", "grafana_list_teams", {}, "monitoring"],
    [
      "a product in the description",
      "list_teams",
      { description: "Lists teams of Okta" },
      "identity",
    ],
    ["a product in a parameter", "list_apps", { parameters: parameters("argocdBaseUrl") }, "ci-cd"],
    [
      "a product of two words",
      "list_reports",
      { description: "Of Google Analytics" },
      "monitoring",
    ],
    [
      "a product named like a word",
      "list_views",
      { description: "List views in Linear" },
      "project-mgmt",
    ],
    ["what a page is made of", "read_cookies", {}, "browser"],
    ["a queue to put into", "add_job", { parameters: parameters("queue") }, "messaging"],
    ["runs of tests", "list_test_runs", {}, "ci-cd"],
    ["one of several things", "delete_entity", {}, "knowledge"],
    ["several of one thing", "list_policies", {}, "identity"],
    ["a phrase of the name", "news_search", {}, "web"],
  ] as const)("are told by %s", (_what, name, more, category) => {
    expect(judge(name, more).categories).toContain(category);
  });

  test("name the word that told them, each once and in the order of the report", () => {
    const tool = judge("list_pods", { description: "Lists pods of Grafana" });
    expect(tool.categories).toEqual(["kubernetes", "monitoring"]);
    const told = tool.evidence.filter(({ verdict }) =>
      tool.categories.some((one) => one === verdict),
    );
    expect(told.map(({ verdict, field, text }) => [verdict, field, text])).toEqual([
      ["kubernetes", "name", "pods"],
      ["monitoring", "description", "Grafana"],
    ]);
  });

  test("of a cloud's own resource leave out what every page or graph has", () => {
    expect(judge("list_urls").categories).toEqual(["web"]);
    const tool = judge("list_ec2_urls");
    expect(tool.categories).toEqual(["cloud-control"]);
    expect(tool.evidence).toContainEqual({
      verdict: "cloud-control",
      field: "name",
      text: "aws",
      because: "speaks of aws",
    });
    expect(judge("list_ec2_logs").categories).toEqual(["cloud-control", "monitoring"]);
    expect(judge("list_s3_objects").categories).toEqual(["cloud-control", "cloud-data"]);
  });

  test("are running code for whatever runs a program, but on a cloud", () => {
    expect(judge("eval_thing").categories).toEqual(["code-exec"]);
    expect(judge("eval_gcp_thing").categories).toEqual(["cloud-control"]);
    expect(judge("find_thing").categories).toEqual(["other"]);
  });

  test("of documentation are no others, unless it is changed", () => {
    expect(judge("search_github_docs").categories).toEqual(["docs"]);
    expect(judge("update_github_docs").categories).toEqual(["source-control", "docs"]);
  });

  test("are not told by a word that is only spelled like a product", () => {
    const spelled = (description: string) => judge("fit", { description }).categories;
    expect(spelled("Reads a linear model")).not.toContain("project-mgmt");
    expect(spelled("Linear models are read")).not.toContain("project-mgmt");
  });

  test.each([
    [["limit"], ["saas-control", "other"]],
    [["thing_id"], ["saas-control", "other"]],
    [["width"], ["other"]],
    [[], ["other"]],
  ] as const)("of a tool that no word tells, with %j: %j", (names, categories) => {
    expect(judge("get_things", { parameters: parameters(...names) }).categories).toEqual(
      categories,
    );
  });
});
