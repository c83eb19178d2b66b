import type { EscalationRule } from "../../../src/model/identity.ts";
import { holderRules, runRules } from "./escalations-run.ts";

/** What a rule does with its target. */
export type Effect =
  /** A credential of a service account. */
  | "become"
  /** The right to hand out roles on a service account, and so to become it. */
  | "set-policy"
  /** A credential of an account that the caller's delegate may mint. */
  | "delegate"
  /** Code that runs as an account that the caller may act as. */
  | "run-as"
  /** Code on, or a new version of, a thing that holds the account. */
  | "take-over"
  /** The account that a service runs things as when none is named. */
  | "default-account"
  /** A key that acts as the account on one service. */
  | "service-key"
  /** A stored credential of the account. */
  | "stored-credential"
  /** Roles granted on the audited project or above it. */
  | "grant-self"
  /** Permissions added to a role that is bound already. */
  | "fill-role"
  /** A deny policy taken away. */
  | "lift-deny";

export interface GcpRule extends EscalationRule {
  readonly effect: Effect;
  /** Any of these sets beside the actions. */
  readonly oneOf?: readonly (readonly string[])[];
  /** Kind of thing that holds the account. */
  readonly kind?: string;
  /** Service to which the credential is limited. */
  readonly only?: string;
}

const docs = "https://cloud.google.com";

const accountRules: readonly GcpRule[] = [
  {
    id: "gcp-get-access-token",
    title: "mints an access token of the account",
    effect: "become",
    actions: ["iam.serviceAccounts.getAccessToken"],
    source: `${docs}/iam/docs/create-short-lived-credentials-direct`,
  },
  {
    id: "gcp-sign-jwt",
    title: "signs an assertion of the account, which is exchanged for a token",
    effect: "become",
    actions: ["iam.serviceAccounts.signJwt"],
    source: `${docs}/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/signJwt`,
  },
  {
    id: "gcp-sign-blob",
    title: "signs bytes as the account, and so an assertion of it",
    effect: "become",
    actions: ["iam.serviceAccounts.signBlob"],
    source: `${docs}/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/signBlob`,
  },
  {
    id: "gcp-create-key",
    title: "creates a key of the account",
    effect: "become",
    actions: ["iam.serviceAccountKeys.create"],
    source: `${docs}/iam/docs/keys-create-delete`,
  },
  {
    id: "gcp-implicit-delegation",
    title: "mints a token through an account that may mint it",
    effect: "delegate",
    actions: ["iam.serviceAccounts.implicitDelegation"],
    source: `${docs}/iam/docs/create-short-lived-credentials-delegated`,
  },
  {
    id: "gcp-account-set-iam-policy",
    title: "grants itself the right to mint tokens of the account",
    effect: "set-policy",
    actions: ["iam.serviceAccounts.setIamPolicy"],
    source: `${docs}/iam/docs/manage-access-service-accounts`,
  },
  {
    id: "gcp-create-hmac-key",
    title: "creates a storage key that acts as the account",
    effect: "service-key",
    actions: ["storage.hmacKeys.create"],
    only: "storage",
    source: `${docs}/storage/docs/authentication/hmackeys`,
  },
  {
    id: "gcp-read-secret",
    title: "reads a secret that holds a credential of the account",
    effect: "stored-credential",
    actions: ["secretmanager.versions.access"],
    source: `${docs}/secret-manager/docs/access-secret-version`,
  },
  {
    id: "gcp-secret-set-iam-policy",
    title: "lets itself read a secret that holds a credential of the account",
    effect: "stored-credential",
    actions: ["secretmanager.secrets.setIamPolicy"],
    source: `${docs}/secret-manager/docs/manage-access-to-secrets`,
  },
];

const rightsRules: readonly GcpRule[] = [
  ...["projects", "folders", "organizations"].map((kind): GcpRule => ({
    id: `gcp-grant-self-${kind}`,
    title: "grants itself a role that it may hand out",
    effect: "grant-self",
    actions: [`resourcemanager.${kind}.setIamPolicy`],
    source: `${docs}/iam/docs/setting-limits-on-granting-roles`,
  })),
  {
    id: "gcp-update-role",
    title: "adds permissions to a custom role that is bound already",
    effect: "fill-role",
    actions: ["iam.roles.update"],
    source: `${docs}/iam/docs/creating-custom-roles`,
  },
  {
    id: "gcp-delete-deny-policy",
    title: "takes away a deny policy that holds it back",
    effect: "lift-deny",
    actions: [],
    oneOf: [["iam.denypolicies.delete"], ["iam.denypolicies.update"]],
    source: `${docs}/iam/docs/deny-access`,
  },
];

/** Ways from a service account to a stronger one, each with its source. Services that are shut down are not among them. */
export const escalations: readonly GcpRule[] = [
  ...accountRules,
  ...rightsRules,
  ...runRules,
  ...holderRules,
];
