import type { Product } from "../../model/server.ts";
import type { Signature, ToolSet } from "./signature.ts";
import { signatures } from "./registry.ts";

/** What a server shows of itself. Nothing in it is trusted. */
export interface ProductSigns {
  readonly serverInfo?: { readonly name: string; readonly version: string } | undefined;
  /** Its tools or their names; empty when they could not be listed. */
  readonly tools: readonly (string | { readonly name: string })[];
  /** Texts of its answers and headers. */
  readonly banners?: readonly string[] | undefined;
}

interface Match {
  readonly signature: Signature;
  /** Tools of the signature that are listed. */
  readonly tools: number;
  /** `tools` over all tools of the best matching set, 0 to 1. */
  readonly share: number;
  readonly named: boolean;
  readonly banner: string | undefined;
}

const longestText = 4096;

/**
 * The product that a server's signs tell. Its tools outrank everything else; a name alone is only a claim, because
 * anyone can take it, and so is a name or banner that the listed tools do not bear out.
 */
export function identifyProduct(input: ProductSigns): Product | undefined {
  const listed = new Set(input.tools.map((tool) => (typeof tool === "string" ? tool : tool.name)));
  const matches = signatures.map((signature) => matchOf(signature, input, listed));
  const byTools = matches.filter((one) => one.tools > 0).toSorted(stronger)[0];
  if (byTools !== undefined) return productOf(byTools, "signals", toolsSay(byTools));
  const byBanner = matches.find((one) => one.banner !== undefined && bearsOut(one, listed));
  if (byBanner !== undefined) {
    return productOf(byBanner, "signals", `answers with "${byBanner.banner ?? ""}"`);
  }
  const claimed =
    matches.find((one) => one.named) ?? matches.find((one) => one.banner !== undefined);
  if (claimed === undefined) return undefined;
  const because = claimed.named
    ? "calls itself so, and nothing else shows it"
    : "answers like it, but lists other tools";
  return productOf(claimed, "claimed", because);
}

/** More tools in common first; the name only breaks a tie. */
function stronger(a: Match, b: Match): number {
  return (
    b.share * b.tools - a.share * a.tools || b.tools - a.tools || Number(b.named) - Number(a.named)
  );
}

/** What carries or builds servers has no tools of its own, so any listing fits it. */
function bearsOut(match: Match, listed: ReadonlySet<string>): boolean {
  return listed.size === 0 || match.signature.toolSets.length === 0;
}

function matchOf(signature: Signature, input: ProductSigns, listed: ReadonlySet<string>): Match {
  const name = (input.serverInfo?.name ?? "").slice(0, longestText);
  const version = (input.serverInfo?.version ?? "").slice(0, longestText);
  const texts = [
    ...(input.banners ?? []).map((text) => text.slice(0, longestText)),
    `${name} ${version}`,
  ];
  const best = signature.toolSets
    .map((set) => overlap(set, listed))
    .toSorted((a, b) => b.share * b.tools - a.share * a.tools)[0];
  return {
    signature,
    tools: best?.tools ?? 0,
    share: best?.share ?? 0,
    named: name !== "" && signature.serverNames.some((pattern) => pattern.test(name)),
    banner: firstMatch(signature.banners ?? [], texts),
  };
}

function firstMatch(patterns: readonly RegExp[], texts: readonly string[]): string | undefined {
  for (const text of texts) {
    for (const pattern of patterns) {
      const found = pattern.exec(text)?.[0];
      if (found !== undefined) return found.slice(0, 80);
    }
  }
  return undefined;
}

const none = { tools: 0, share: 0 };

function overlap(set: ToolSet, listed: ReadonlySet<string>): { tools: number; share: number } {
  const found = set.tools.filter((tool) => listed.has(tool)).length;
  if (set.exact === true) {
    return found === set.tools.length && listed.size === found ? { tools: found, share: 1 } : none;
  }
  const needs = set.needs ?? Math.min(3, set.tools.length);
  return found >= needs ? { tools: found, share: found / set.tools.length } : none;
}

function toolsSay(match: Match): string {
  const name = match.named ? ", and calls itself so" : "";
  return `lists ${match.tools} of its telling tools${name}`;
}

function productOf(match: Match, basis: Product["basis"], because: string): Product {
  const { id, name, kind, manages, source } = match.signature;
  return {
    id,
    name,
    basis,
    kind,
    ...(manages === undefined ? {} : { manages }),
    because: `${because} (${source})`,
  };
}
