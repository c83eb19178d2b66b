import type { Product } from "../../model/server.ts";
import type { Provider } from "../../model/provider.ts";

/** How one product, or one mode of it, lists its tools. */
export interface ToolSet {
  /** Names that tell this product from others. */
  readonly tools: readonly string[];
  /** How many of them must be listed; without it all, but at most three. */
  readonly needs?: number;
  /** The listing must hold these tools and no others. */
  readonly exact?: true;
}

/** What gives a product away. Any tool set, name or banner may match; tools outrank names. */
export interface Signature {
  readonly id: string;
  readonly name: string;
  readonly kind: NonNullable<Product["kind"]>;
  /** Self-reported names. */
  readonly serverNames: readonly RegExp[];
  readonly toolSets: readonly ToolSet[];
  /** Words of its answers and headers that no one chooses freely: error texts, health pages, titles. */
  readonly banners?: readonly RegExp[];
  /** The cloud that its tools manage. */
  readonly manages?: Provider;
  /** Where these signs come from. */
  readonly source: string;
}
