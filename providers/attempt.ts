export type Outcome<T> =
  | { readonly kind: "answer"; readonly value: T }
  | { readonly kind: "error"; readonly error: unknown }
  | { readonly kind: "timeout" }
  | { readonly kind: "aborted" };

/**
 * One try with a deadline in ms. It ends at the deadline even when `run` ignores its signal; what `run` does
 * afterwards is not looked at. Never rejects.
 */
export async function attempt<T>(
  run: (signal: AbortSignal) => Promise<T>,
  deadline: number,
  parent: AbortSignal,
): Promise<Outcome<T>> {
  if (parent.aborted) return { kind: "aborted" };
  const controller = new AbortController();
  let cause: "timeout" | "aborted" = "timeout";
  const timer = setTimeout(() => controller.abort(), deadline);
  const onAbort = (): void => {
    cause = "aborted";
    controller.abort();
  };
  parent.addEventListener("abort", onAbort, { once: true });
  const cut = new Promise<Outcome<T>>((resolve) => {
    controller.signal.addEventListener("abort", () => resolve({ kind: cause }));
  });
  try {
    return await Promise.race([cut, settle(run, controller.signal)]);
  } finally {
    clearTimeout(timer);
    parent.removeEventListener("abort", onAbort);
  }
}

async function settle<T>(
  run: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<Outcome<T>> {
  try {
    return { kind: "answer", value: await run(signal) };
  } catch (error) {
    return { kind: "error", error };
  }
}
