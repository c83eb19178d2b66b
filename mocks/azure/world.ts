import type { JsonObject } from "../../src/model/json.ts";

/** What the mock serves: one subscription with its resources in ARM's own form. */
export interface AzureWorld {
  readonly subscription: string;
  /** Children are entries of their own, as in `groundtruth/net/schema.md`. */
  readonly resources: readonly JsonObject[];
  /** Object ids of the groups of each principal, nested ones too; the directory's part in `assignedTo`. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
}
