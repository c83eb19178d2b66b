import type { RemediationStep } from "../../model/finding.ts";
import type { Origin, Provider } from "../../model/provider.ts";

/** One step in each provider's command line and in its infrastructure as code. */
export type OwnTools<About> = Readonly<
  Record<Provider, (about: About) => { readonly cli: string; readonly iac: string }>
>;

/** Steps in the provider's own tools; a named target has none, because nobody says where it runs. */
export function inOwnTools<About>(
  table: OwnTools<About>,
  origin: Origin,
  about: About,
): RemediationStep[] {
  if (origin === "named") return [];
  const { cli, iac } = table[origin](about);
  return [
    { kind: "cli", text: cli },
    { kind: "iac", text: iac },
  ];
}
