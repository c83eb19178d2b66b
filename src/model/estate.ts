import type { Identity, PolicyDocument } from "./identity.ts";
import type { Inventory } from "./inventory.ts";
import type { EstatePaths, PathFacts } from "./paths.ts";
import type { Gap } from "./snapshot.ts";

/**
 * What has to be known about all scopes at once: identities with their policies, and later networks,
 * interned rule sets, balancers and organisation policies. Never one entry per interface.
 */
export interface EstateIndex {
  readonly identities: ReadonlyMap<string, Identity>;
  readonly policies: ReadonlyMap<string, PolicyDocument>;
  /** Per scope key `<provider>/<scope>`: what could not be read. */
  readonly gaps: ReadonlyMap<string, readonly Gap[]>;
  /** The run's only "now", RFC 3339; without it date conditions cannot be decided. */
  readonly startedAt?: string;
  /** What was read of the ways between identities, of every scope that offers it. */
  readonly paths?: EstatePaths;
  /** Per scope key: what holds for requests from, and resources of, this scope only. */
  readonly scopePaths?: ReadonlyMap<string, PathFacts>;
}

/** Builds the index from every inventory of the run; pure. */
export type BuildEstate = (
  inventories: Iterable<
    Pick<Inventory, "provider" | "scope" | "identities" | "policies" | "gaps" | "paths">
  >,
  startedAt?: string,
) => EstateIndex;
