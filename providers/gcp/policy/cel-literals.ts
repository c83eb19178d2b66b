import type { Cel } from "./cel-parser.ts";

/** Every text that an expression names. */
export function literalsOf(tree: Cel): readonly string[] {
  switch (tree.kind) {
    case "literal":
      return typeof tree.value === "string" ? [tree.value] : [];
    case "name":
      return [];
    case "list":
      return tree.items.flatMap(literalsOf);
    case "member":
    case "unary":
      return literalsOf(tree.of);
    case "index":
      return [...literalsOf(tree.of), ...literalsOf(tree.by)];
    case "call":
      return [...(tree.of ? literalsOf(tree.of) : []), ...tree.args.flatMap(literalsOf)];
    case "binary":
      return [...literalsOf(tree.left), ...literalsOf(tree.right)];
    case "choice":
    default:
      return [tree.test, tree.yes, tree.no].flatMap(literalsOf);
  }
}
