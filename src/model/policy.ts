import type { EstateIndex } from "./estate.ts";
import type { Decision, EscalationRule, Grant, Identity, LimitState } from "./identity.ts";
import type { NeedsEvaluator } from "./needed.ts";
import type { Hop } from "./paths.ts";

/** What one provider's evaluator answers; everything neutral is derived from it in `src/permissions`. */
export interface PolicyEvaluator {
  /** Everything the identity may do, wildcards kept symbolic, after denies and every readable limit. */
  grants(identity: Identity, estate: EstateIndex): readonly Grant[];
  /** One question. `action` and `resource` in the provider's own syntax. */
  decide(
    identity: Identity,
    action: string,
    resource: string,
    estate: EstateIndex,
    /** Condition keys that this request fixes; `null` = it does not carry the key. */
    facts?: Readonly<Record<string, string | null>>,
  ): Decision;
  /** The layers that bear on the identity, read or not. */
  limits(identity: Identity, estate: EstateIndex): readonly LimitState[];
  /** Actions that alone let an identity grant itself anything, asked on every resource. */
  readonly adminProbes: readonly AdminProbe[];
  readonly escalations: readonly EscalationRule[];
  /**
   * Every hop that is open to the identity, surest first for each target. May be lazy: `judge` stops asking at the
   * first sure way to something stronger. It asks again of where each hop leads, up to three deep, so the answer
   * for one identity may depend on nothing but the identity and the estate, and leaves out what is `no`. `to` of a
   * rewriting hop is the identity with the policies it then has, which `grants` and `decide` must understand.
   * Facts beside policies (holders, credentials, groups) come from `estate.paths`: each scope's `Inventory.paths`,
   * merged over the run; `paths.scope`, `request`, `host`, `webIdentity` and `resourceDenies` are those of the scope
   * where the search starts. Without it an identity never `escalates`.
   */
  hops?(identity: Identity, estate: EstateIndex): Iterable<Hop>;
  /** What tools need of this cloud; without it grants are not compared with tools one by one. */
  readonly needs?: NeedsEvaluator;
}

/** All `actions` on `resource` held at once = the identity can give itself anything, now. */
export interface AdminProbe {
  readonly id: string;
  readonly because: string;
  readonly actions: readonly string[];
  /** `*`, or `{self}` for the identity itself. */
  readonly resource: string;
  /** Condition keys that the request fixes; `null` = it does not carry the key. */
  readonly facts?: Readonly<Record<string, string | null>>;
  readonly appliesTo: readonly Identity["kind"][];
  readonly source: string;
}
