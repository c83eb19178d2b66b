import type { NeedsEvaluator, ServiceNeeds, ToolNeed } from "../model/needed.ts";
import type { Provider } from "../model/provider.ts";
import type { ManageVerb, Tool, ToolAccess, ToolCategory } from "../model/tool.ts";

/** A listed tool with what its name says. */
export interface AskedTool {
  readonly tool: Tool;
  /** Words of its name, lower case. */
  readonly words: readonly string[];
  /** Id of the signature that its server fits. */
  readonly product?: string;
}

/** Categories whose tools act on no cloud, also in a product that does. */
const aside: ReadonlySet<ToolCategory> = new Set(["docs", "demo", "meta", "web", "filesystem"]);

const byAccess: Readonly<Record<ToolAccess, readonly ManageVerb[]>> = {
  read: ["list"],
  write: ["create", "modify"],
  destructive: ["create", "modify", "delete"],
  exec: ["create", "modify", "delete"],
};

/** What a tool needs of this cloud: its product's table first, then its name and verbs, then its category. */
export function needOf(asked: AskedTool, cloud: Provider, needs: NeedsEvaluator): ToolNeed {
  const { tool } = asked;
  const row = rowOf(asked, needs);
  if (row?.any?.includes(tool.name)) return need(tool, "any");
  const known = own(row?.tools, tool.name);
  if (known) return need(tool, known.length === 0 ? "none" : "product", known);
  const ofProduct = row !== undefined && !tool.categories.every((one) => aside.has(one));
  return tool.manages?.cloud === cloud || ofProduct
    ? ownNeed(asked, needs)
    : asideNeed(tool, cloud, needs);
}

/** A tool of this cloud that no table names by itself. */
function ownNeed(asked: AskedTool, needs: NeedsEvaluator): ToolNeed {
  const { tool, words } = asked;
  const services = servicesOf(asked, needs);
  if (services.length === 0) return need(tool, "any");
  const spelled = needs.exact?.(words, services) ?? [];
  const verbs = verbsOf(tool);
  const byVerbs = services.flatMap((service) => verbs.flatMap((verb) => service.verbs[verb]));
  const basis = rowOf(asked, needs)?.services ? "product" : "name";
  return need(tool, basis, spelled.length > 0 ? spelled : byVerbs);
}

function rowOf({ product }: AskedTool, { table }: NeedsEvaluator) {
  return product === undefined ? undefined : own(table.products, product);
}

/** Those of its product, narrowed to the ones that the name tells; else those that the name tells. */
function servicesOf(asked: AskedTool, needs: NeedsEvaluator): readonly ServiceNeeds[] {
  const { services } = needs.table;
  const row = rowOf(asked, needs);
  const mine = row?.services
    ? services.filter(({ name }) => row.services?.includes(name))
    : services;
  const told = mine.filter(({ words }) => words.some((word) => asked.words.includes(word)));
  return told.length > 0 || !row?.services ? told : mine;
}

/** A tool of no cloud, or of another one. */
function asideNeed(tool: Tool, cloud: Provider, { table }: NeedsEvaluator): ToolNeed {
  if (tool.manages !== undefined && tool.manages.cloud !== cloud) return need(tool, "none");
  const actions = tool.categories.flatMap((category) => table.categories[category] ?? []);
  if (actions.length > 0) return need(tool, "category", actions);
  const hidden = tool.host.includes("runs-code") || tool.categories.includes("other");
  return need(tool, hidden ? "hidden" : "none");
}

/** Whatever changes something looks at it first. */
function verbsOf({ manages, access }: Tool): readonly ManageVerb[] {
  return [...new Set(["list" as const, ...(manages?.verbs ?? byAccess[access])])];
}

function need({ name }: Tool, basis: ToolNeed["basis"], actions: readonly string[] = []): ToolNeed {
  return { tool: name, basis, actions: [...new Set(actions)].toSorted() };
}

/** Keys come from servers: only what the table itself holds. */
function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
