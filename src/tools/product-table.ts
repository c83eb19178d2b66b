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
  /** The tools' categories are those of the table, or that of the product, and no others. */
  readonly categoriesComplete?: true;
  readonly discloses?: readonly string[];
  readonly routers?: readonly string[];
  readonly host?: Partial<Record<HostAbility, readonly string[]>>;
  /** Tools that `host` does not name have no ability on the host. */
  readonly hostComplete?: true;
  readonly manages?: Partial<Record<ManageVerb, readonly string[]>>;
}
