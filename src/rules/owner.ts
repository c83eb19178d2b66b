/** Tag keys that a company uses, beside those that many do; the first match wins. */
export interface TagKeys {
  readonly owner: readonly string[];
  readonly cost: readonly string[];
}

export const commonKeys: TagKeys = { owner: [], cost: [] };

/** Tag keys under which companies name who pays or answers for a resource, lower case, without separators. */
const ownerKeys: readonly string[] = [
  "owner",
  "team",
  "ownedby",
  "contact",
  "squad",
  "serviceowner",
];
const costKeys: readonly string[] = ["costcenter", "costcentre", "cost", "billing", "project"];

export function ownerOf(
  tags: Readonly<Record<string, string>>,
  { owner }: TagKeys = commonKeys,
): string | undefined {
  return valueOf(tags, [...owner.map(plainKey), ...ownerKeys]);
}

export function costOf(
  tags: Readonly<Record<string, string>>,
  { cost }: TagKeys = commonKeys,
): string | undefined {
  return valueOf(tags, [...cost.map(plainKey), ...costKeys]);
}

function plainKey(key: string): string {
  return key.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

function valueOf(
  tags: Readonly<Record<string, string>>,
  keys: readonly string[],
): string | undefined {
  const found = Object.entries(tags)
    .map(([key, value]) => ({ place: keys.indexOf(plainKey(key)), value }))
    .filter(({ place, value }) => place >= 0 && value.trim() !== "")
    .toSorted((a, b) => a.place - b.place);
  return found[0]?.value;
}
