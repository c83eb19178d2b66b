import type { ProductTable } from "../product-table.ts";
import { azureMcp } from "./azure-mcp.ts";

/** What is known about the tools of products, by the id of their signature. */
export const productTables: readonly ProductTable[] = [azureMcp];
