/**
 * Runs `work` over all items, at most `width` at once, and yields the results in the order of the items. After a
 * failure no further item is begun, and those that run are waited for.
 */
export async function* inFlight<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  let started = 0;
  try {
    while (started < items.length || running.length > 0) {
      for (const item of items.slice(started, started + width - running.length)) {
        const result = work(item);
        // Awaited in its turn; until then a failure is not an unhandled one.
        result.catch(() => {});
        running.push(result);
        started += 1;
      }
      const first = running.shift();
      if (first) yield await first;
    }
  } finally {
    await Promise.allSettled(running);
  }
}
