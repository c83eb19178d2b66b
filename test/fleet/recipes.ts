import { cloudRecipes } from "./cloud-recipes.ts";
import { gatewayRecipes } from "./gateway-recipes.ts";
import type { Recipe } from "./recipe.ts";
import { sdkRecipes } from "./sdk-recipes.ts";
import { toolRecipes } from "./tool-recipes.ts";

export const recipes: readonly Recipe[] = [
  ...sdkRecipes,
  ...gatewayRecipes,
  ...cloudRecipes,
  ...toolRecipes,
];
