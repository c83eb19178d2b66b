import type { JsonObject } from "../../../src/model/json.ts";
import { evaluate, type Capability } from "./evaluate.ts";
import { readWorld } from "./read-world.ts";

/** The capability of the principal of a labelled world. */
export function judgeCase(world: JsonObject): Capability {
  return evaluate(readWorld(world)).capability;
}
