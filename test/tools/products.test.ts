import { describe, expect, test } from "vitest";
import { identifyProduct, signatures } from "../../src/probe/signatures/index.ts";
import { classify } from "../../src/tools/classify.ts";
import { productCategories } from "../../src/tools/products/product-categories.ts";
import { productTables } from "../../src/tools/products/index.ts";
import { asListed, labelledTools, listed, missingCorpus, parameters } from "./labelled.ts";

const ids = new Set(signatures.map((one) => one.id));
const everything = { id: "everything", name: "Everything", because: "" } as const;

test("every table belongs to a signature, and stands once", () => {
  const products = productTables.map((one) => one.product);
  expect(products.filter((id) => !ids.has(id))).toEqual([]);
  expect(new Set(products).size).toBe(products.length);
});

test("every product but a framework has a category of its own", () => {
  const without = signatures.filter(
    (one) => one.kind !== "framework" && !productCategories.has(one.id),
  );
  expect(without.map((one) => one.id)).toEqual([]);
});

test("no table gives one tool two accesses", () => {
  for (const table of productTables) {
    const names = Object.values(table.access ?? {}).flat();
    expect(
      names.filter((name, at) => names.indexOf(name) !== at),
      table.product,
    ).toEqual([]);
  }
});

test("a product that is only claimed changes no verdict", () => {
  const tool = listed("trigger-long-running-operation");
  const signals = classify(tool, {
    product: { ...everything, basis: "signals" },
    useProductTables: true,
  });
  const claimed = classify(tool, {
    product: { ...everything, basis: "claimed" },
    useProductTables: true,
  });
  const off = classify(tool, {
    product: { ...everything, basis: "signals" },
    useProductTables: false,
  });
  expect([signals.access, claimed.access, off.access]).toEqual(["read", "write", "write"]);
  expect(signals.evidence[0]).toMatchObject({ field: "product", verdict: "read" });
});

test("a table tells what a tool shows that its name does not", () => {
  const product = { id: "aws-mcp-server", name: "AWS", because: "", basis: "signals" } as const;
  const tool = listed("aws_cli_pipeline");
  expect(classify(tool, { product, useProductTables: true }).discloses).toBe(true);
  expect(classify(tool, { product, useProductTables: false }).discloses).toBe(false);
});

test.each([
  ["get_thing", ["id"], ["identity"]],
  ["get_things_of_pods", ["id"], ["identity", "kubernetes"]],
] as const)("%s with %j of a product for identities is of %j", (name, taken, categories) => {
  const product = { id: "oracle-oci-identity", name: "", because: "", basis: "signals" } as const;
  const tool = listed(name, { parameters: parameters(...taken) });
  expect(classify(tool, { product, useProductTables: true }).categories).toEqual(categories);
});

test("a product that is only claimed adds a category where no word tells one", () => {
  const product = { id: "oracle-oci-identity", name: "", because: "", basis: "claimed" } as const;
  const categories = (name: string) =>
    classify(listed(name), { product, useProductTables: true }).categories;
  expect(categories("get_thing")).toEqual(["identity"]);
  expect(categories("get_pods")).toEqual(["kubernetes"]);
});

test("a table tells the routers whose parameters do not", () => {
  const product = { id: "azure-mcp", name: "Azure", because: "", basis: "signals" } as const;
  expect(classify(listed("storage"), { product, useProductTables: true }).router).toBe(true);
  expect(classify(listed("storage"), { product, useProductTables: false }).router).toBe(false);
});

test("a tool of a cloud's own server is known where its name says nothing", () => {
  const product = { id: "awslabs-valkey", name: "Valkey", because: "", basis: "signals" } as const;
  const known = classify(listed("json_arrpop"), { product, useProductTables: true });
  expect(known).toMatchObject({ access: "destructive" });
  expect(known).not.toHaveProperty("manages");
});

test("a tool added to a harmless product keeps the abilities and categories that its words tell", () => {
  const product = { id: "context7", name: "Context7", because: "", basis: "signals" } as const;
  const context = { product, useProductTables: true };
  const added = classify(listed("read_file", { parameters: parameters("path") }), context);
  expect(added.host).toEqual(["reads-files"]);
  expect(added.categories).toContain("filesystem");
  expect(classify(listed("query-docs"), context)).toMatchObject({ host: [], categories: ["docs"] });
});

test("a tool that the table does not know is judged by its words", () => {
  const product = { ...everything, basis: "signals" } as const;
  expect(classify(listed("delete_all"), { product, useProductTables: true }).access).toBe(
    "destructive",
  );
  expect(classify(listed("__proto__"), { product, useProductTables: true }).access).toBe("write");
});

describe.skipIf(missingCorpus)("labelled tools (needs shared/groundtruth/mcp)", () => {
  const labels = labelledTools();
  const answers = labels.map((label) => {
    const tools = labels.filter((one) => one.server === label.server).map((one) => one.tool);
    const product = identifyProduct({ tools });
    return {
      label,
      tool: classify(asListed(label), { ...(product && { product }), useProductTables: true }),
    };
  });

  test("at least 95 % get exactly the labelled access with product tables", () => {
    const wrong = answers
      .filter((one) => one.tool.access !== one.label.access)
      .map((one) => one.label.tool);
    expect(1 - wrong.length / answers.length, wrong.join(", ")).toBeGreaterThanOrEqual(0.95);
  });

  test("a tool of a known product is never of category other", () => {
    expect(answers.filter((one) => one.tool.categories.includes("other"))).toEqual([]);
  });

  test("at least 95 % get the labelled category", () => {
    const told = answers.filter((one) => one.tool.categories.includes(one.label.category));
    expect(told.length / answers.length).toBeGreaterThanOrEqual(0.95);
  });
});
