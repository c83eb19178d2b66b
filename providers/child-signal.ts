/**
 * A signal that follows `parent` until `end`, which aborts it. One for each region keeps the listeners on any one
 * signal few; Node warns from the eleventh on.
 */
export function childOf(parent: AbortSignal): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  if (parent.aborted) stop();
  else parent.addEventListener("abort", stop, { once: true });
  return {
    signal: controller.signal,
    end() {
      parent.removeEventListener("abort", stop);
      stop();
    },
  };
}
