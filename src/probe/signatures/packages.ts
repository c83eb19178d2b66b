import type { Provider } from "../../model/provider.ts";
import type { Signature, ToolSet } from "./signature.ts";

/** One package of a vendor's collection: its folder, and the tools that tell it from the others. */
export interface Package {
  readonly package: string;
  /** Names, separated by spaces. */
  readonly tools: string;
  readonly exact?: true;
  /** False: documentation, prices or a database of its own, not the cloud. */
  readonly manages?: false;
}

export interface Collection {
  readonly id: string;
  readonly name: string;
  readonly cloud: Provider;
  /** Folder of the packages, with the slash at its end. */
  readonly source: string;
  readonly packages: readonly Package[];
}

/** A signature for every package of a collection. */
export function signaturesOf(collection: Collection): readonly Signature[] {
  return collection.packages.map((one): Signature => {
    const tools = one.tools.split(" ");
    const toolSet: ToolSet = one.exact === undefined ? { tools } : { tools, exact: true };
    const signature: Signature = {
      id: `${collection.id}-${one.package.replace(/-mcp-server$/, "")}`,
      name: `${collection.name} ${one.package}`,
      kind: "server",
      serverNames: [new RegExp(`^(?:${collection.id}\\.)?${one.package}$`, "i")],
      toolSets: [toolSet],
      source: `${collection.source}${one.package}`,
    };
    return one.manages === false
      ? signature
      : Object.assign(signature, { manages: collection.cloud });
  });
}
