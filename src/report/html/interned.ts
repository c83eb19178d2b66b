import type { Interned } from "../interned.ts";

/** The document again; equal parts of it are one object. */
export function restore({ shapes, entries }: Interned): unknown {
  const values: unknown[] = [];
  for (const entry of entries) {
    if (typeof entry !== "object" || entry === null) values.push(entry);
    else {
      const [shape = -1, ...at] = entry;
      const members = at.map((index) => values[index]);
      const names = shapes[shape];
      values.push(
        names ? Object.fromEntries(names.map((name, index) => [name, members[index]])) : members,
      );
    }
  }
  return values.at(-1);
}
