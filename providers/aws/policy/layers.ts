import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity, LimitState, PolicyAttachment } from "../../../src/model/identity.ts";
import { supposed } from "./supposed.ts";
import { parsePolicy, type Statement } from "./parse.ts";

/** A document set that must admit an action as a whole: the boundary, the session, one level of the organisation. */
export interface LimitLayer {
  readonly id: string;
  readonly statements: readonly Statement[];
}

/** Everything that bears on an identity, parsed. */
export interface Layers {
  readonly grants: readonly Statement[];
  readonly limits: readonly LimitLayer[];
  readonly states: readonly LimitState[];
  /** What was not read and might allow anything. */
  readonly open: readonly string[];
  /** Limits that were not read. */
  readonly unread: readonly string[];
}

/** What a member account cannot see of itself. */
const unreadOrganization: LimitState = {
  layer: "organization",
  id: "organizations:ListPolicies",
  state: "unread",
  detail:
    "service control policies were not read: only the management account or a delegated administrator can list them, so a member account always leaves this open",
};

/** By the policies, which the views of one estate share. */
const known = new WeakMap<EstateIndex["policies"], WeakMap<Identity, Layers>>();

/** The layers of an identity in this estate; computed once. */
export function layersOf(identity: Identity, estate: EstateIndex): Layers {
  let perEstate = known.get(estate.policies);
  if (!perEstate) known.set(estate.policies, (perEstate = new WeakMap()));
  const cached = perEstate.get(identity);
  if (cached) return cached;
  const layers = read(identity, estate);
  perEstate.set(identity, layers);
  return layers;
}

function read(identity: Identity, estate: EstateIndex): Layers {
  const grants: Statement[] = [];
  const limits = new Map<string, Statement[]>();
  const states: LimitState[] = [];
  for (const attachment of identity.policies) {
    if (attachment.layer === "trust") continue;
    const { statements, state } = statementsOf(attachment, estate);
    states.push(...state);
    // A limit that was not fully read cannot close anything but what it denies; its state keeps every answer below "yes".
    const unread = state.some((each) => each.state === "unread");
    if (attachment.layer === "grant") grants.push(...statements);
    else if (unread) grants.push(...statements.filter(({ effect }) => effect === "Deny"));
    else {
      const id = levelOf(attachment);
      limits.set(id, [...(limits.get(id) ?? []), ...statements]);
    }
  }
  if (!identity.policies.some(({ layer }) => layer === "organization"))
    states.push(unreadOrganization);
  return {
    grants,
    limits: [...limits].map(([id, statements]) => ({ id, statements })),
    states,
    open: states.flatMap(({ layer, state, detail }) =>
      layer === "grant" && state === "unread" ? [detail] : [],
    ),
    unread: states.flatMap(({ layer, state, detail }) =>
      layer !== "grant" && state === "unread" ? [detail] : [],
    ),
  };
}

/** Policies of one organisational level are united; every level has to admit the action. */
function levelOf({ layer, policy, via }: PolicyAttachment): string {
  return layer === "organization" ? `${layer} ${via}` : `${layer} ${policy}`;
}

function statementsOf(
  { layer, policy, via }: PolicyAttachment,
  estate: EstateIndex,
): { statements: readonly Statement[]; state: readonly LimitState[] } {
  const document =
    estate.policies.get(policy) ??
    supposed.get(policy.replace(/^arn:aws[^:]*:iam::aws:/, "arn:aws:iam::aws:"));
  if (!document) {
    const detail = `${policy} (through ${via}) was not read`;
    return { statements: [], state: [{ layer, id: policy, state: "unread", detail }] };
  }
  const { statements, flaws } = parsePolicy(document);
  if (flaws.length > 0) {
    const detail = `${policy} could not be understood: ${flaws.slice(0, 3).join(", ")}`;
    return { statements, state: [{ layer, id: policy, state: "unread", detail }] };
  }
  if (layer === "grant") return { statements, state: [] };
  return {
    statements,
    state: [{ layer, id: policy, state: "read", detail: `limits what ${via} may do` }],
  };
}
