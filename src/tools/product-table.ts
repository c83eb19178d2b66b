import type { Provider } from "../model/provider.ts";
import type { HostAbility, ManageVerb, ToolAccess, ToolCategory } from "../model/tool.ts";

/** What is known about the tools of one product. Names are compared exactly. */
export interface ProductTable {
  /** Id of the signature in src/probe/signatures. */
  readonly product: string;
  /** Where the verdicts come from. */
  readonly source: string;
  /** Category of a tool that no other category names. */
  readonly category: ToolCategory;
  readonly cloud?: Provider;
  readonly access?: Partial<Record<ToolAccess, readonly string[]>>;
  readonly categories?: Partial<Record<ToolCategory, readonly string[]>>;
  readonly discloses?: readonly string[];
  readonly routers?: readonly string[];
  readonly host?: Partial<Record<HostAbility, readonly string[]>>;
  /** Tools whose abilities the table knows completely: those it does not name have none. */
  readonly hostComplete?: boolean;
  readonly manages?: Partial<Record<ManageVerb, readonly string[]>>;
}
