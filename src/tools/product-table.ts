import type { Provider } from "../model/provider.ts";
import type { HostAbility, ManageVerb, ToolAccess, ToolCategory } from "../model/tool.ts";

/** What is known about the tools of one product. Names are compared exactly. */
export interface ProductTable {
  /** Id of the signature in src/probe/signatures. */
  readonly product: string;
  /** Where the verdicts come from. */
  readonly source: string;
  readonly cloud?: Provider;
  readonly access?: Partial<Record<ToolAccess, readonly string[]>>;
  readonly categories?: Partial<Record<ToolCategory, readonly string[]>>;
  /** Tools that the table names have the categories it gives, or that of the product, and no others. */
  readonly categoriesComplete?: true;
  readonly discloses?: readonly string[];
  readonly routers?: readonly string[];
  readonly host?: Partial<Record<HostAbility, readonly string[]>>;
  /** Tools that the table names have the abilities it gives on the host, and no others. */
  readonly hostComplete?: true;
  readonly manages?: Partial<Record<ManageVerb, readonly string[]>>;
}

/** Whether the table names the tool: what it says about the product is not true of tools that others added. */
export function names(table: ProductTable, tool: string): boolean {
  const records = [table.access, table.categories, table.host, table.manages];
  const lists = records.flatMap((record) => Object.values(record ?? {}));
  return [...lists, table.discloses ?? [], table.routers ?? []].some((list) => list.includes(tool));
}
