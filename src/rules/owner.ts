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

export function ownerOf(tags: Readonly<Record<string, string>>): string | undefined {
  return valueOf(tags, ownerKeys);
}

export function costOf(tags: Readonly<Record<string, string>>): string | undefined {
  return valueOf(tags, costKeys);
}

function valueOf(
  tags: Readonly<Record<string, string>>,
  keys: readonly string[],
): string | undefined {
  const found = Object.entries(tags)
    .map(([key, value]) => ({
      place: keys.indexOf(key.toLowerCase().replaceAll(/[^a-z]/g, "")),
      value,
    }))
    .filter(({ place, value }) => place >= 0 && value.trim() !== "")
    .toSorted((a, b) => a.place - b.place);
  return found[0]?.value;
}
