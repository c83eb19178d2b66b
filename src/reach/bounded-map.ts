/** Answers that are dear to work out again but need not be kept for ever. */
export type BoundedMap<V, K = string> = Pick<Map<K, V>, "get" | "set">;

/** Above the distinct sets of gates of most estates; where each interface has its own, keeping them buys nothing. */
const capacity = 16_384;

/** Forgets everything when it is full. */
export function boundedMap<V, K = string>(limit = capacity): BoundedMap<V, K> {
  const map = new Map<K, V>();
  return {
    get: (key) => map.get(key),
    set: (key, value) => {
      if (map.size >= limit && !map.has(key)) map.clear();
      return map.set(key, value);
    },
  };
}
