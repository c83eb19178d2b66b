import type { IpFamily } from "../../src/model/exposure.ts";
import { emptySet, parseSet } from "../../src/net/prefix-set.ts";
import { exactly, unclear, type Atom, type Match } from "../who-matches.ts";

const address = "connection\\.source\\.address";
const inRanges = new RegExp(`^address_in\\(\\s*${address}\\s*,\\s*\\[(.*)\\]\\s*\\)$`, "s");
const inLists = new RegExp(
  `^address_in_network_address_list\\(\\s*${address}\\s*,\\s*\\[(.*)\\]\\s*\\)$`,
  "s",
);
const oneOf = new RegExp(`^(?:i_)?contains\\(\\s*\\[(.*)\\]\\s*,\\s*${address}\\s*\\)$`, "s");
const equals = new RegExp(`^(?:i_equals\\(\\s*)?${address}\\s*(?:==|,)\\s*(\\S+?)\\s*\\)?$`);

/** Parts of a request that hold no secret: whoever knows the server can send them. */
const atWillParts =
  /http\.request\.(?:url\.path|url\.query|method|host|version)\b|http\.request\.headers\."?(?:host|user-agent|accept|content-type|origin|referer)\b|connection\.protocol|connection\.destination\.port/;

/** Facts about a client that it cannot choose. */
const byClient = /connection\.(?:source|destination)|address_in/;

/** Addresses of a list of the firewall by its id; undefined = not read. */
export type AddressLists = (id: string) => readonly string[] | undefined;

/** https://docs.oracle.com/en-us/iaas/Content/WAF/Concepts/understanding_conditions.htm */
export function conditionAtom(lists: AddressLists): Atom {
  return (text, family) => {
    const ranges = inRanges.exec(text)?.[1] ?? oneOf.exec(text)?.[1];
    if (ranges !== undefined) return among(literals(ranges), family);
    const word = equals.exec(text)?.[1];
    if (word !== undefined) return among(literals(word), family);
    const named = inLists.exec(text)?.[1];
    return named === undefined ? other(text, family) : listed(literals(named), lists, family);
  };
}

function listed(ids: readonly string[] | undefined, lists: AddressLists, family: IpFamily): Match {
  const own = ids?.map(lists) ?? [undefined];
  const known = own.flatMap((each) => each ?? []);
  return among(own.includes(undefined) ? undefined : known, family);
}

function other(text: string, family: IpFamily): Match {
  // Clients inside a network, told by its id, are no clients of the internet.
  if (text.startsWith("vcn_address_in_network_address_list(")) return exactly(emptySet(family));
  const atWill = atWillParts.test(text);
  return unclear(family, {
    atWill,
    vague: !atWill && (byClient.test(text) || !text.includes("http.request")),
  });
}

/** Clients of these addresses; undefined = not told here. */
function among(prefixes: readonly string[] | undefined, family: IpFamily): Match {
  const set = prefixes && parseSet(family, prefixes);
  return set ? exactly(set) : unclear(family, { atWill: false, vague: true });
}

const literal = /'([^']*)'|`"?([^`"]*)"?`/g;

/** Raw strings and literals of JMESPath; undefined where something else stands among them, or alone. */
function literals(text: string): string[] | undefined {
  const rest = text.replaceAll(literal, "");
  if (!/^[\s,]*$/.test(rest)) return undefined;
  return [...text.matchAll(literal)].map(([, raw, quoted]) => raw ?? quoted ?? "");
}
