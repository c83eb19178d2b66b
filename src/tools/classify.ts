import type { Product } from "../model/server.ts";
import type {
  HostAbility,
  ListedTool,
  Tool,
  ToolAccess,
  ToolCategory,
  ToolEvidence,
} from "../model/tool.ts";
import { hostAbilities, manageVerbs, toolAccesses, toolCategories } from "../model/tool.ts";
import { disclosesSecrets, hostAbilitiesOf } from "./abilities.ts";
import { accessOf, conflicts } from "./access.ts";
import { categoriesOf } from "./categories.ts";
import { cloudOf, manageVerbsOf, touchesCloud } from "./cloud.ts";
import type { ProductTable } from "./product-table.ts";
import { names } from "./product-table.ts";
import { productTables } from "./products/index.ts";
import { suspiciousIn } from "./suspicious.ts";
import type { ToolText } from "./tokens.ts";
import { productCategories } from "./products/product-categories.ts";
import { takeApart } from "./tokens.ts";

export interface ClassifyContext {
  readonly product?: Product;
  /** False decides from the tool's own words alone. */
  readonly useProductTables: boolean;
}

/** What the parts of a verdict are made from. */
interface Sheet {
  readonly text: ToolText;
  readonly table: ProductTable | undefined;
  readonly product: Product | undefined;
  readonly access: ToolAccess;
  readonly router: boolean;
  readonly categories: readonly ToolCategory[];
}

/** What a tool can do, with the words that tell it. */
export function classify(tool: ListedTool, context: ClassifyContext): Tool {
  const text = takeApart(tool);
  const table = tableOf(context);
  const byRules = accessOf(text);
  const known = keysOf(table?.access, toolAccesses, tool.name)[0];
  const access = known ?? byRules.access;
  const router = byRules.router || holds(table?.routers, tool.name);
  const words = categoriesOf(text, access);
  const categories = categoriesFor(tool.name, words.categories, context);
  const sheet: Sheet = { text, table, product: context.product, access, router, categories };
  const manages = managesOf(sheet);
  return {
    name: tool.name,
    access,
    categories,
    ...(manages === undefined ? {} : { manages }),
    router,
    discloses: holds(table?.discloses, tool.name) || disclosesSecrets(text, access),
    host: hostOf(sheet),
    annotationConflict: conflicts(tool, known === undefined ? byRules : { access, told: true }),
    evidence: [
      ...knownEvidence(table, tool.name, known),
      ...byRules.evidence,
      ...words.evidence,
      ...suspiciousIn(tool),
    ],
    schemaSha256: tool.schemaSha256,
  };
}

/** A product that is only claimed by name tells nothing about its tools: anyone can take the name. */
function tableOf(context: ClassifyContext): ProductTable | undefined {
  const product = context.product;
  if (!context.useProductTables || product?.basis !== "signals") return undefined;
  return productTables.find((table) => table.product === product.id);
}

function holds(tools: readonly string[] | undefined, name: string): boolean {
  return tools?.includes(name) ?? false;
}

/** The keys under which the name is listed. */
function keysOf<K extends string>(
  lists: Partial<Record<K, readonly string[]>> | undefined,
  keys: readonly K[],
  name: string,
): readonly K[] {
  return keys.filter((key) => holds(lists?.[key], name));
}

function knownEvidence(
  table: ProductTable | undefined,
  name: string,
  known: ToolAccess | undefined,
): readonly ToolEvidence[] {
  if (table === undefined || known === undefined) return [];
  const because = `known tool of ${table.product} (${table.source})`;
  return [{ verdict: known, field: "product", text: name, because }];
}

function categoriesFor(
  name: string,
  words: readonly ToolCategory[],
  context: ClassifyContext,
): readonly ToolCategory[] {
  const product = context.product;
  if (product === undefined || !context.useProductTables) return words;
  const general = productCategories.get(product.id);
  const own = general === undefined ? [] : [general];
  const table = tableOf(context);
  const listed = keysOf(table?.categories, toolCategories, name);
  const first = listed.length === 0 ? own : listed;
  const complete = table?.categoriesComplete === true && names(table, name);
  // Words that do not say what a tool works on add nothing to what its product says.
  if (first.length > 0 && (complete || words.includes("other"))) return first;
  return product.basis === "signals" ? [...new Set([...first, ...words])] : words;
}

function managesOf(sheet: Sheet): Tool["manages"] | undefined {
  const { text, table, product, access, router, categories } = sheet;
  const listed = keysOf(table?.manages, manageVerbs, text.tool.name);
  const cloud =
    table?.cloud ?? cloudOf(text) ?? (product?.basis === "signals" ? product.manages : undefined);
  if (cloud === undefined) return undefined;
  if (listed.length === 0 && !touchesCloud(categories)) return undefined;
  return { cloud, verbs: listed.length === 0 ? manageVerbsOf(text, access, router) : listed };
}

function hostOf(sheet: Sheet): readonly HostAbility[] {
  const listed = keysOf(sheet.table?.host, hostAbilities, sheet.text.tool.name);
  if (sheet.table?.hostComplete === true && names(sheet.table, sheet.text.tool.name)) return listed;
  const told = hostAbilitiesOf(sheet);
  return hostAbilities.filter((one) => listed.includes(one) || told.includes(one));
}
