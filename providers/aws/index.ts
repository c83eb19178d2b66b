import { defineAdapter } from "../adapter.ts";
import { calls } from "./calls.ts";
import { connect } from "./connect.ts";
import { classify } from "./errors.ts";
import { buckets } from "./limits.ts";
import { normalise } from "./normalise.ts";
import { awsPolicy } from "./policy/index.ts";
import { findScopes } from "./scopes.ts";

/** Amazon Web Services. Loads no SDK until something is collected. */
export const awsAdapter = defineAdapter({
  provider: "aws",
  calls,
  buckets,
  clients: async (_scope, context) => connect(context),
  scopes: findScopes,
  classify,
  normalise,
  policy: awsPolicy,
});
