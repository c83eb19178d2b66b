/** An element of a policy document of API Management. */
export interface PolicyElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly PolicyElement[];
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: PolicyElement[];
  text: string;
}

const piece =
  /<!--[\s\S]*?-->|<(\/?)([A-Za-z][\w.-]*)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/g;
const attribute = /([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Statements within statements; what is deeper was not written by hand. */
const deepest = 64;

/** The elements of a document; undefined where they are not closed in the order in which they were opened. */
export function policyElements(document: string): readonly PolicyElement[] | undefined {
  const root: Open = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  for (const [, end, name, inside = "", alone, words] of document.matchAll(piece)) {
    const holder = open.at(-1);
    if (!holder) return undefined;
    if (words !== undefined) holder.text += words;
    if (name === undefined) continue;
    if (end === "/") {
      if (holder === root || holder.name !== name) return undefined;
      open.pop();
      continue;
    }
    const child: Open = { name, attributes: attributesIn(inside), children: [], text: "" };
    holder.children.push(child);
    if (alone !== "/") open.push(child);
    if (open.length > deepest) return undefined;
  }
  return open.length === 1 ? root.children : undefined;
}

function attributesIn(words: string): Record<string, string> {
  return Object.fromEntries(
    [...words.matchAll(attribute)].map(([, name = "", double, single]) => [
      name,
      double ?? single ?? "",
    ]),
  );
}
