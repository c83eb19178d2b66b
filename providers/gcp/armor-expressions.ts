import { emptySet, everyAddress } from "../../src/net/prefix-set.ts";
import {
  exactly,
  peersOfExpression as peersOf,
  setIn,
  unclear,
  type Atom,
  type Speaking,
} from "../who-matches.ts";

export type { Speaking } from "../who-matches.ts";

const inRange = /^inIpRange\(\s*origin\.ip\s*,\s*(['"])([0-9a-fA-F.:/]+)\1\s*\)$/;
const isAddress = /^origin\.ip\s*==\s*(['"])([0-9a-fA-F.:]+)\1$/;
/** Facts about a client that it cannot choose, or not alone. */
const byClient =
  /origin\.|token\.|evaluateThreatIntelligence|evaluate(?:Organization)?AddressGroup/;

/** Parts of a request that hold no secret: whoever knows the server can send them. */
const atWillParts =
  /^(?:has\(|request\.(?:path|method|scheme|query)\b|request\.headers\[(['"])(?:host|user-agent|accept|content-type|origin|referer)\1\])/i;

/** Who an expression speaks about. https://cloud.google.com/armor/docs/rules-language-reference */
export function peersOfExpression(expression: string, allows: boolean): Speaking {
  return peersOf(expression, allows, atom);
}

const atom: Atom = (text, family) => {
  const range = inRange.exec(text)?.[2];
  if (range !== undefined) return exactly(setIn(range, family));
  const address = isAddress.exec(text)?.[2];
  if (address !== undefined) return exactly(setIn(address, family));
  if (text === "true") return exactly(everyAddress(family));
  if (text === "false") return exactly(emptySet(family));
  const vague = byClient.test(text);
  return unclear(family, { atWill: atWillParts.test(text), vague });
};
