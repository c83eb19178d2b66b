import { PosternError, type Provider, type ProviderAdapter } from "../src/index.ts";

/** A cloud whose SDK was left out is named and passed over; the others are audited all the same. */
export function skippable(
  adapter: ProviderAdapter,
  absent: Map<Provider, string>,
): ProviderAdapter {
  return {
    ...adapter,
    async scopes(context) {
      try {
        return await adapter.scopes(context);
      } catch (error) {
        if (!(error instanceof PosternError) || error.code !== "SDK_MISSING") throw error;
        absent.set(adapter.provider, `Skipped ${adapter.provider}: ${error.message}`);
        return [];
      }
    },
  };
}

/** The adapter with the one scope that it asks about. */
export function within(adapter: ProviderAdapter, scope: string): ProviderAdapter {
  return {
    ...adapter,
    scopes: async (context) =>
      adapter.scopes({ ...context, settings: { ...context.settings, scopes: [scope] } }),
  };
}
