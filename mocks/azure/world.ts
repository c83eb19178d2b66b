import type { JsonObject } from "../../src/model/json.ts";

/** What the mock serves: one subscription with its resources in ARM's own form. */
export interface AzureWorld {
  readonly subscription: string;
  /** Children are entries of their own, as in `groundtruth/net/schema.md`. */
  readonly resources: readonly JsonObject[];
  /** Object ids of the groups of each principal, nested ones too; the directory's part in `assignedTo`. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /** What Microsoft Graph tells of the tenant beside the groups. */
  readonly directory?: {
    readonly roles?: readonly DirectoryRole[];
    /** Application roles of Graph by its own words for them, per principal. */
    readonly appRoles?: Readonly<Record<string, readonly string[]>>;
  };
}

export interface DirectoryRole {
  readonly principal: string;
  readonly role: string;
  /** `/` = all of the directory, as when absent. */
  readonly scope?: string;
  /** Operations that make the role one of the tenant's own. */
  readonly actions?: readonly string[];
}
