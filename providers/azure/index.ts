import { defineAdapter } from "../adapter.ts";
import { calls } from "./calls.ts";
import { connect } from "./connect.ts";
import { classify } from "./errors.ts";
import { buckets } from "./limits.ts";
import { normalise } from "./normalise.ts";
import { azurePolicy } from "./policy/index.ts";
import { findScopes } from "./scopes.ts";

/** Microsoft Azure. Loads no SDK until something is collected. */
export const azureAdapter = defineAdapter({
  provider: "azure",
  calls,
  buckets,
  clients: async (scope, context) => connect(scope, context),
  scopes: findScopes,
  classify,
  normalise,
  policy: azurePolicy,
});
