import type { ProviderAdapter } from "../src/model/adapter.ts";
import type { Provider } from "../src/model/provider.ts";

/** How to load each cloud that can be audited. Loading an adapter loads no SDK. */
export const adapters: Readonly<Partial<Record<Provider, () => Promise<ProviderAdapter>>>> = {
  aws: async () => (await import("./aws/index.ts")).awsAdapter,
  gcp: async () => (await import("./gcp/index.ts")).gcpAdapter,
  azure: async () => (await import("./azure/index.ts")).azureAdapter,
  oci: async () => (await import("./oci/index.ts")).ociAdapter,
};

/** How to load what answers each cloud's labelled identity questions. */
export const caseEvaluators = {
  azure: async () => (await import("./azure/policy/index.ts")).azurePolicy,
  gcp: async () => (await import("./gcp/policy/index.ts")).gcpPolicy,
  oci: async () => (await import("./oci/policy/judge-case.ts")).judgeCase,
} as const;
