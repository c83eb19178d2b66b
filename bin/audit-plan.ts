import type { KeyObject } from "node:crypto";
import type { CollectSettings, Report, Selection, TagKeys } from "../src/index.ts";
import type { ConnectTo } from "../src/options/parse.ts";

export interface AuditPlan {
  readonly connectTo: readonly ConnectTo[];
  readonly includeInternal: boolean;
  readonly vantage: Report["run"]["vantage"];
  readonly userAgent: string | undefined;
  readonly out: string;
  readonly fingerprintKey: Uint8Array;
  readonly settings: CollectSettings;
  readonly selection: Selection;
  readonly signKey: KeyObject | undefined;
  readonly keyDays?: number;
  readonly tagKeys?: TagKeys;
  /** Also work out what would remove every critical finding. */
  readonly plan?: boolean;
  readonly baseline?: Report;
}

export interface Session {
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

export function optionsOf({
  settings,
  includeInternal,
  selection,
  keyDays,
  tagKeys,
}: AuditPlan): Report["run"]["options"] {
  return {
    regions: settings.regions,
    scopes: settings.scopes,
    attemptTimeout: settings.attemptTimeout,
    maxDetailCalls: settings.maxDetailCalls,
    includeInternal,
    ...(keyDays !== undefined && { keyDays }),
    ...(tagKeys && { ownerTags: tagKeys.owner, costTags: tagKeys.cost }),
    ...(selection.include.length > 0 && { include: selection.include }),
    ...(selection.exclude.length > 0 && { exclude: selection.exclude }),
  };
}

/** What of the options decides, as a recorded run had it: a replay needs the same. */
export function decidingOptions({ keyDays, ownerTags, costTags }: Report["run"]["options"]): {
  readonly keyDays?: number;
  readonly tagKeys?: TagKeys;
} {
  return {
    ...(typeof keyDays === "number" && { keyDays }),
    ...((ownerTags !== undefined || costTags !== undefined) && {
      tagKeys: { owner: textsIn(ownerTags), cost: textsIn(costTags) },
    }),
  };
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
