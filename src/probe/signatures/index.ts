export type { ProductSigns } from "./identify.ts";
export { identifyProduct } from "./identify.ts";
export { signatures } from "./registry.ts";
