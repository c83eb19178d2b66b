import type { CallRow } from "./calls-row.ts";

/** Policies, dynamic groups and what else says who may do what; asked once, in the home region. */
export const identityCalls: readonly CallRow[] = [];
