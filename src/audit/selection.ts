import { fits } from "../history/glob.ts";
import type { WorkloadRef } from "../model/exposure.ts";
import type { JsonObject } from "../model/json.ts";
import type { Scope } from "../model/provider.ts";

/**
 * What of the estate is asked about. A pattern with `scope:` or `workload:` in front is about these alone; without, about
 * both. What is left out is still read as a part of other things' surroundings, when its scope is.
 */
export interface Selection {
  /** Empty = everything. */
  readonly include: readonly string[];
  /** Wins over `include`. */
  readonly exclude: readonly string[];
}

type ScopeNames = Pick<Scope, "id" | "name">;

/** Whether a scope has to be read: it may hold a workload that is wanted. */
export function wantsScope({ include, exclude }: Selection, scope: ScopeNames): boolean {
  const names = namesOf(scope);
  if (exclude.some((pattern) => fitsAs("scope", pattern, names))) return false;
  if (include.length === 0) return true;
  return include.some(
    (pattern) => !pattern.startsWith("scope:") || fitsAs("scope", pattern, names),
  );
}

export function wantsWorkload(
  { include, exclude }: Selection,
  scope: ScopeNames,
  workload: Pick<WorkloadRef, "id" | "name">,
): boolean {
  const [place, own] = [namesOf(scope), namesOf(workload)];
  const matches = (pattern: string): boolean =>
    fitsAs("scope", pattern, place) || fitsAs("workload", pattern, own);
  if (exclude.some(matches)) return false;
  return include.length === 0 || include.some(matches);
}

/** As a run has recorded it. */
export function selectionOf(options: JsonObject): Selection {
  return { include: texts(options["include"]), exclude: texts(options["exclude"]) };
}

function fitsAs(kind: "scope" | "workload", pattern: string, names: readonly string[]): boolean {
  const [, prefix, glob = pattern] = /^(scope|workload):(.*)$/s.exec(pattern) ?? [];
  return (prefix ?? kind) === kind && names.some((name) => fits(glob, name));
}

function namesOf({ id, name }: { readonly id: string; readonly name?: string }): string[] {
  return name === undefined ? [id] : [id, name];
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
