/**
 * Runs `work` over all items, at most `width` ahead of the consumer, and yields the results in the order of the
 * items. `work` must not reject.
 */
export async function* inOrder<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  let started = 0;
  while (started < items.length || running.length > 0) {
    for (const item of items.slice(started, started + width - running.length)) {
      running.push(work(item));
      started += 1;
    }
    const first = running.shift();
    if (first) yield await first;
  }
}
