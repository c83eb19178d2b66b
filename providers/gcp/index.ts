import { defineAdapter } from "../adapter.ts";
import type { ProviderAdapter } from "../../src/model/adapter.ts";
import { calls } from "./calls.ts";
import { connect } from "./connect.ts";
import { classify } from "./errors.ts";
import { buckets } from "./limits.ts";
import { normalise } from "./normalise.ts";
import { partialGaps } from "./pages.ts";
import { gcpPolicy } from "./policy/index.ts";
import { findScopes } from "./scopes.ts";

const adapter = defineAdapter({
  provider: "gcp",
  calls,
  buckets,
  clients: async (scope, context) => connect(context, scope?.id),
  scopes: findScopes,
  classify,
  normalise,
  policy: gcpPolicy,
});

/** Google Cloud. Loads no SDK until something is collected. An answer with parts missing is kept, and its gaps are told. */
export const gcpAdapter: ProviderAdapter = {
  ...adapter,
  async *collect(scope, context) {
    for await (const page of adapter.collect(scope, context)) {
      const affects = calls.find(({ operation }) => operation === page.call)?.affects ?? [];
      for (const gap of partialGaps(page, scope.id, affects)) context.onGap(gap);
      yield page;
    }
  },
};
