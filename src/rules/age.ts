const dayMs = 86_400_000;

/** Whole days from one RFC 3339 date to the other; undefined when one cannot be read. */
export function ageInDays(from: string, to: string): number | undefined {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs;
  return Number.isNaN(days) ? undefined : Math.floor(days);
}
