import type { Blocked, Exposure } from "../model/exposure.ts";
import type { Workload } from "../model/inventory.ts";
import type { Approach } from "../model/network.ts";
import { isEmpty } from "../net/prefix-set.ts";
import {
  everyPort,
  intersectPorts,
  noPort,
  portsOf,
  rangesOf,
  subtractPorts,
  type PortSet,
} from "../net/port-set.ts";
import { admitted } from "./admitted.ts";
import { blocksOf, type BlockMemo } from "./blocks.ts";
import { boundedMap, type BoundedMap } from "./bounded-map.ts";
import { chainJudge, type ChainJudge } from "./chains.ts";
import { refOf, type Reach, type ReachOptions } from "./found.ts";
import { exposuresOf, viaOf } from "./merge.ts";
import { clientsOf, routesIn, type Judgement } from "./routes-in.ts";
import { inOrder } from "./order.ts";
import type { Vantage } from "./vantage.ts";

/** Judges all approaches of a workload together, whatever they are like. */
export type GeneralJudge = (own: readonly Approach[], workload: Workload) => Reach;

interface Context extends Vantage {
  readonly judge: ChainJudge;
  readonly options: ReachOptions;
  readonly memo: BlockMemo;
  /** Admitted ports by chain. */
  readonly ports: BoundedMap<PortSet>;
}

export function generalJudge(vantage: Vantage, options: ReachOptions): GeneralJudge {
  const judge = chainJudge(vantage.inventory);
  const context: Context = { ...vantage, judge, options, memo: boundedMap(), ports: boundedMap() };
  return (own, workload) => inOrder(inGeneral(own, workload, context));
}

function inGeneral(own: readonly Approach[], workload: Workload, context: Context): Reach {
  const { inventory, judge, spaceOf } = context;
  const judged = own.flatMap((approach) => {
    const space = spaceOf(approach.family);
    if (isEmpty(space)) return [];
    return approach.protocol.map((protocol) => routesIn(approach, protocol, space, judge));
  });
  const routes = judged.flatMap((each) => (each.approach.nearMiss ? [] : each.routes));
  const exposures = exposuresOf(routes, workload, inventory);
  const ref = refOf(workload);
  return {
    exposures,
    blocked: judged.flatMap((each) => blockedBy(each, ref, exposures, context)),
  };
}

function blockedBy(
  { approach, protocol, widest }: Judgement,
  workload: Exposure["workload"],
  exposures: readonly Exposure[],
  { inventory, options, memo, ports, spaceOf }: Context,
): Blocked[] {
  const clients = clientsOf(approach, spaceOf(approach.family));
  const via = viaOf(approach);
  const direct = approach.via.length === 0;
  const entry = direct ? {} : { entryPort: approach.entryPorts.from };
  const open = exposures.filter(
    (exposure) =>
      !exposure.latent &&
      exposure.protocol === protocol &&
      exposure.via === via &&
      exposure.families.includes(approach.family) &&
      (direct || exposure.entry.port.from === approach.entryPorts.from),
  );
  const wanted = direct && !options.everyPort ? admitted(approach, inventory, ports) : everyPort;
  const shown = subtractPorts(wanted, portsOf(open.map(({ portRange }) => portRange)));
  if (noPort(shown)) return [];
  return blocksOf(approach, protocol, widest, clients, inventory, memo).flatMap(
    ({ port, gates, firstGate }) =>
      rangesOf(intersectPorts(portsOf([port]), shown)).map((range): Blocked =>
        Object.assign(
          {
            provider: inventory.provider,
            scope: inventory.scope,
            workload,
            protocol,
            port: range,
            family: approach.family,
            firstGate: firstGate.code,
            gates,
            via,
          },
          entry,
        ),
      ),
  );
}
