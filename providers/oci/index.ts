import { defineAdapter } from "../adapter.ts";
import { calls } from "./calls.ts";
import { connect } from "./connect.ts";
import { classify } from "./errors.ts";
import { buckets } from "./limits.ts";
import { normalise } from "./normalise.ts";
import { ociPolicy } from "./policy/index.ts";
import { findScopes } from "./scopes.ts";

/** Oracle Cloud Infrastructure. Loads no SDK until something is collected. */
export const ociAdapter = defineAdapter({
  provider: "oci",
  calls,
  buckets,
  clients: async (_scope, context) => connect(context),
  scopes: findScopes,
  classify,
  normalise,
  policy: ociPolicy,
});
