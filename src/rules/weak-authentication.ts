import type { AuthenticationVerdict } from "../model/server.ts";
import { pathSteps, serverStep } from "./chain.ts";
import { fail, fingerprintDoubts, pathDoubts, vantageDoubts } from "./doubts.ts";
import { pathTo } from "./paths.ts";
import { watch } from "./remedies/logging.ts";
import { closeNetwork } from "./remedies/network.ts";
import { storeSecrets } from "./remedies/secrets.ts";
import { delegateTokens, requireSignIn } from "./remedies/sign-in.ts";
import type { RuleFacts, ServerRule } from "./rule.ts";
import { pass } from "./rule.ts";
import { anyOf, unknown } from "./verdicts.ts";

/** A rule about servers whose only barrier is of one weak kind. */
export function weakAuthenticationRule(
  facts: RuleFacts & { readonly verdict: AuthenticationVerdict; readonly says: string },
): ServerRule {
  const { verdict, says, ...rest } = facts;
  return {
    ...rest,
    about: "server",
    check: (context) =>
      anyOf(
        context.server.endpoints.map((endpoint) => {
          const { authentication, confidence, url } = endpoint;
          if (authentication.verdict === "unknown" && confidence === "auth-required") {
            return unknown(
              `What ${url} accepts as a credential did not show in its refusals.`,
              context.server.severity,
            );
          }
          if (authentication.verdict !== verdict) return pass;
          const path = pathTo(endpoint, context);
          return fail({
            severity: context.server.severity,
            assumptions: [
              ...(path ? pathDoubts(path) : []),
              ...vantageDoubts(context, path),
              ...fingerprintDoubts(endpoint),
            ],
            title: `${url} ${says}`,
            evidence: [...pathSteps(path), serverStep(endpoint)],
          });
        }),
      ),
    remedy: (context) => ({
      summary: `Let every client of ${context.workload.name} sign in as itself.`,
      steps: [
        ...closeNetwork(context),
        ...requireSignIn(context),
        ...delegateTokens(context),
        ...(verdict === "static-secret" ? storeSecrets(context) : []),
        ...watch(context),
      ],
    }),
  };
}
