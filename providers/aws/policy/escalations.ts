import type { EscalationRule } from "../../../src/model/identity.ts";
import { identityRules } from "./escalations-identity.ts";
import { heldRules } from "./escalations-held.ts";
import { allPassedRules } from "./escalations-passed-flows.ts";

/** On what an action of a rule is asked. */
export type Target =
  /** The thing that the rule creates; the same one for every action of the rule. */
  | "new"
  /** The existing thing that holds the role. */
  | "holder"
  /** No thing in particular. */
  | "any"
  /** A layer that holds code of the caller's. */
  | "layer"
  /** A document that runs commands. */
  | "document"
  /** A document that opens a session. */
  | "session-document"
  /** What a launch needs beside the instance. */
  | "launch"
  /** The instance profile that the caller's own credential comes from. */
  | "own-profile";

export interface RuleStep {
  readonly action: string;
  readonly on: Target;
}

/** A rule that makes code run as a role. */
export interface ServiceRule extends EscalationRule {
  /** The service that the role is passed to; without it the role of the existing thing is gained. */
  readonly passedTo?: string;
  /** Kind of existing thing that the rule works on. */
  readonly kind?: string;
  /** The thing that is created: the ARN after its account. */
  readonly creates?: string;
  readonly steps: readonly RuleStep[];
}

/** What a rule on identities does with its target. */
export type Effect =
  | "grant-self"
  | "grant-group"
  | "join-group"
  | "drop-boundary"
  | "replace-boundary"
  | "rewrite-policy"
  | "switch-version"
  | "assume"
  | "assume-web"
  | "assume-saml"
  | "rewrite-trust"
  | "fill-role"
  | "create-role"
  | "create-user"
  | "fill-user"
  | "key"
  | "password"
  | "stored-credential";

/** A rule over identities and their policies. */
export interface IdentityRule extends EscalationRule {
  readonly effect: Effect;
  /** Whose target it works on, where the actions differ by it. */
  readonly for?: "role" | "user";
}

/** Ways from an AWS identity to a stronger one, each with its source. */
export const escalations: readonly EscalationRule[] = [
  ...identityRules,
  ...heldRules,
  ...allPassedRules,
];
