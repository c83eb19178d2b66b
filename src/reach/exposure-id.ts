import { sha256 } from "../hash.ts";
import type { Exposure } from "../model/exposure.ts";

/** Where an exposure leads: the same for all ways to one address of a workload, so that it is worked out once. Lengths keep names with spaces apart. */
export function placeOf(provider: string, scope: string, workload: string, address = ""): string {
  const text = `${provider} ${scope.length} ${scope} ${workload.length} ${workload} ${address}`;
  return sha256(text).slice(0, 16);
}

export interface Way extends Pick<
  Exposure,
  "protocol" | "portRange" | "families" | "via" | "authGate" | "verdict" | "latent"
> {
  /** Of `sourcesOf`. */
  readonly sources: string;
  readonly dialled: number;
}

/** How it leads there, whatever is behind: the same for like interfaces. */
export function wayOf(way: Way): string {
  const { protocol, portRange, sources, families, via, dialled, authGate, verdict, latent } = way;
  const { from, to } = portRange;
  const ends = `${protocol} ${from} ${to} ${dialled} ${families.join()} ${sources}`;
  return sha256(`${ends} ${authGate} ${verdict} ${latent ?? ""} ${via}`).slice(0, 8);
}

/** Short, since many ways share long lists. */
export function sourcesOf(sources: Exposure["sources"]): string {
  return sources === "internet" ? sources : sha256(sources.join()).slice(0, 16);
}

/** Stable over runs, whatever else is known of the exposure; before families are joined. */
export function exposureId(place: string, way: string): string {
  return `exposure-${place}${way}`;
}
