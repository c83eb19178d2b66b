import type { Json, JsonObject } from "../../src/model/json.ts";

/**
 * The fewest scenarios, nearly, that show every field of every scenario at least once: what reading a wire format can
 * get wrong is a field, and reading all scenarios takes long. `npm run soak -- wire` reads them all.
 */
export function wireSample<T extends JsonObject>(scenarios: readonly T[]): readonly T[] {
  const left = scenarios.map((scenario) => ({ scenario, fields: fieldsOf(scenario) }));
  const shown = new Set<string>();
  const chosen = new Set<T>();
  for (;;) {
    const [best] = left
      .map(({ scenario, fields }) => {
        const fresh = [...fields].filter((field) => !shown.has(field));
        return { scenario, fresh };
      })
      .toSorted((a, b) => b.fresh.length - a.fresh.length);
    if (!best || best.fresh.length === 0) break;
    chosen.add(best.scenario);
    for (const field of best.fresh) shown.add(field);
  }
  return scenarios.filter((scenario) => chosen.has(scenario));
}

/** Paths of names, with what a call's gap is named by; positions in lists and names of resources are no fields. */
function fieldsOf({ config = null, gaps = null }: JsonObject): ReadonlySet<string> {
  const found = new Set<string>([JSON.stringify(gaps)]);
  const visit = (value: Json, path: string): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, path);
    else if (typeof value === "object" && value !== null)
      for (const [name, each] of Object.entries(value)) {
        const field = `${path}.${/^[A-Za-z]+$/.test(name) ? name : "*"}`;
        found.add(field);
        visit(each ?? null, field);
      }
  };
  visit(config, "");
  return found;
}
