import type { LogSwitch } from "../model/logging.ts";
import type { Origin } from "../model/provider.ts";
import type { Server } from "../model/server.ts";
import type { Gap } from "../model/snapshot.ts";
import type { RulesInput } from "./contexts.ts";
import { commonKeys } from "./owner.ts";
import type { ServerContext, Surroundings } from "./rule.ts";

export interface Place {
  readonly provider: Origin;
  readonly scope: string;
}

export interface Spot {
  readonly scope: string;
  readonly region: string;
}

export function surroundingsOf({
  vantage,
  now,
  keyDays = 90,
  tagKeys = commonKeys,
}: RulesInput): Surroundings {
  return { vantage, now, keyDays, tagKeys };
}

export function baselineOf({ id }: Server, { baseline }: RulesInput): ServerContext["baseline"] {
  return (
    baseline && {
      server: baseline.servers.find((server) => server.id === id),
      changes: baseline.changes.filter(({ server }) => server === id),
    }
  );
}

export function loggingAt(
  { provider, scope, region }: Place & Spot,
  { logging = [] }: RulesInput,
): readonly LogSwitch[] {
  return logging
    .filter((one) => one.provider === provider && one.scope === scope)
    .flatMap(({ switches }) => switches)
    .filter((one) => one.region === undefined || one.region === region);
}

export function gapsAt(place: Spot, { gaps = [] }: RulesInput): Gap[] {
  return gaps.filter(
    ({ scope, region }) =>
      scope === place.scope && (region === undefined || region === place.region),
  );
}

/** Ids are unique per scope only. */
export function keyOf({ provider, scope }: Place, workload: string): string {
  return JSON.stringify([provider, scope, workload]);
}
