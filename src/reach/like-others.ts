import type { WorkloadRef } from "../model/exposure.ts";
import type { Workload } from "../model/inventory.ts";
import type { Approach } from "../model/network.ts";
import { boundedMap, type BoundedMap } from "./bounded-map.ts";
import type { Reach, ReachOptions } from "./found.ts";
import type { GeneralJudge } from "./in-general.ts";
import { blockedLike, exposuresLike, templateOf, type Template } from "./instantiate.ts";
import { leanJudge } from "./lean.ts";
import { alike, looksAtReceiver, sameCodes } from "./plain.ts";
import { isUsual, type Traits } from "./traits.ts";
import type { Vantage } from "./vantage.ts";

/** Approaches that have been judged, behind one chain. */
export interface Templates {
  /** Whether any chain looks at the receiver's address. */
  readonly to: boolean;
  readonly list: Known[];
}

/** What was found for an approach, as a template once a like one comes. */
interface Known {
  readonly approach: Approach;
  readonly traits: Traits;
  readonly found: Reach;
  template?: Template;
}

export interface PlainJudge {
  /** By the chain of the first leg. */
  readonly templates: BoundedMap<Templates>;
  of(
    approach: Approach,
    traits: Traits,
    workload: Workload,
    ref: WorkloadRef,
    read: ReadAhead,
  ): Reach;
}

/** What may have been found out before. */
interface ReadAhead {
  /** What `templates` held for the approach. */
  readonly kept?: Templates | undefined;
  readonly place?: string | undefined;
}

/** Judges the first of each kind of plain approach by itself; the others differ from it in names. */
export function plainJudge(
  vantage: Vantage,
  options: ReachOptions,
  inGeneral: GeneralJudge,
): PlainJudge {
  const { inventory } = vantage;
  const lean = leanJudge(vantage, options.everyPort === true);
  const templates = boundedMap<Templates>();
  // Where most chains are those of one workload, what is cheap to judge is judged, and not looked up.
  const manyChains = (inventory.chains?.size ?? 0) * 2 > inventory.workloads.length;
  const templatesOf = ({ legs }: Approach, chain: string): Templates => {
    const to = legs.some((leg) => looksAtReceiver(inventory, leg.chain));
    const fresh = { to, list: [] };
    templates.set(chain, fresh);
    return fresh;
  };
  return {
    templates,
    of: (approach, traits, workload, ref, { kept, place }) => {
      const { region } = workload;
      const short = manyChains ? lean(approach, region, ref) : undefined;
      if (short) return short;
      const chain = approach.legs[0]?.chain ?? "";
      const own = kept ?? templates.get(chain);
      const known = own && likeOf(approach, traits, own);
      if (!known) {
        const found = lean(approach, region, ref) ?? inGeneral([approach], workload);
        (own ?? templatesOf(approach, chain)).list.push({ approach, traits, found });
        return found;
      }
      known.template ??= templateOf(known.approach, known.found, inventory);
      const { template } = known;
      const exposures = exposuresLike(template, approach, region, ref, place);
      return { exposures, blocked: blockedLike(template, approach, ref) };
    },
  };
}

function likeOf(approach: Approach, traits: Traits, { to, list }: Templates): Known | undefined {
  const usual = !to && isUsual(traits);
  for (let i = 0; i < list.length; i += 1) {
    const known = list[i];
    if (!known) continue;
    const same =
      usual && isUsual(known.traits)
        ? known.traits === traits && sameCodes(known.approach, approach)
        : alike(known.approach, approach, to);
    if (same) return known;
  }
  return undefined;
}
