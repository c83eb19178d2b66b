import type { PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import { parseAddress, parsePrefix } from "../../src/net/address.ts";
import type { Node } from "../reader.ts";
import { everyPort } from "./rule-sets.ts";

/** `<namespace>.<key>:<value>`; the namespace `oracle-zpr` may be left out in a policy. */
export type Attribute = string;

export type StatementEnd =
  | { readonly attribute: Attribute }
  | { readonly cidr: string }
  | "all"
  | "services";

export interface Statement {
  /** Attribute of the network of either end; absent where the end is outside of any. */
  readonly near?: Attribute;
  readonly far?: Attribute;
  readonly from: StatementEnd;
  readonly to: StatementEnd;
  readonly rules: readonly Filter[];
  readonly id: string;
  readonly node: Node;
}

interface Filter {
  readonly protocol: TransportProtocol | "any";
  readonly ports: PortRange;
  /** Answers need a statement of their own. */
  readonly stateless?: true;
}

const grammar =
  /^\s*in\s+(?<location>'(?:[^']|'')*'|\S+)\s+vcn\s+allow\s+(?<from>'(?:[^']|'')*'|\S+)(?:\s+endpoints)?\s+to\s+connect\s+to\s+(?<to>'(?:[^']|'')*'|[^\s']+)(?:\s+endpoints)?(?:\s+with\s+(?<rest>.*))?\s*$/i;

/** Of ends in different networks, each told with its own. */
const peered =
  /^\s*allow\s+(?<from>'(?:[^']|'')*'|\S+)(?:\s+endpoints)?(?:\s+in\s+(?<near>'(?:[^']|'')*'|\S+)\s+vcn)?\s+to\s+connect\s+to\s+(?<to>'(?:[^']|'')*'|[^\s']+)(?:\s+endpoints)?(?:\s+with\s+(?<rest>.*?))?(?:\s+in\s+(?<far>'(?:[^']|'')*'|\S+)\s+vcn)?\s*$/i;

/** https://docs.oracle.com/en-us/iaas/Content/zero-trust-packet-routing/zpr-policy-syntax.htm; undefined = not understood. */
export function parseStatement(statement: string, id: string, node: Node): Statement | undefined {
  const parts = grammar.exec(statement)?.groups ?? peered.exec(statement)?.groups;
  const places = parts && placesOf(parts);
  if (!parts || !places) return undefined;
  const [from, to] = [endOf(parts["from"]), endOf(parts["to"])];
  const rules = filtersOf(parts["rest"] ?? "");
  return from && to && rules && { ...places, from, to, rules, id, node };
}

/** Both ends are in the one network, where one is told. */
function placesOf(parts: Record<string, string>): Pick<Statement, "near" | "far"> | undefined {
  const [near, far] = ["near", "far"].map((end) =>
    attributeOf(unquoted(parts["location"] ?? parts[end] ?? "")),
  );
  return near === undefined && far === undefined
    ? undefined
    : { ...(near !== undefined && { near }), ...(far !== undefined && { far }) };
}

export function fullName(namespace: string, key: string, value: string): Attribute {
  return `${namespace}.${key}:${value}`.toLowerCase();
}

function unquoted(word: string): string {
  return word.startsWith("'") ? word.slice(1, -1).replaceAll("''", "'") : word;
}

function endOf(word: string | undefined): StatementEnd | undefined {
  const name = unquoted(word ?? "");
  if (/^all-endpoints$/i.test(name)) return "all";
  if (/^osn-services-ip/i.test(name)) return "services";
  const prefix = parsePrefix(name) ?? parseAddress(name);
  if (prefix) return { cidr: name };
  const attribute = attributeOf(name);
  return attribute === undefined ? undefined : { attribute };
}

function attributeOf(name: string): Attribute | undefined {
  const parts = /^(?:([^.:]+)\.)?([^.:]+):(.+)$/.exec(name);
  const [, namespace = "oracle-zpr", key, value] = parts ?? [];
  return key === undefined || value === undefined ? undefined : fullName(namespace, key, value);
}

/** `protocol='tcp/80-90', connection-state='stateless'`, also in clauses of their own; undefined = not understood. */
function filtersOf(rest: string): Filter[] | undefined {
  const pairs = [...rest.matchAll(/([a-z][a-z.-]*)\s*=?\s*'([^']*)'/gi)];
  const left = pairs.reduce((text, [whole]) => text.replace(whole, ""), rest);
  if (!/^(?:\s|,|with|and)*$/i.test(left)) return undefined;
  const told = pairs.map(([, key = "", value = ""]) => [key.toLowerCase(), value.toLowerCase()]);
  if (told.some(([key = "", value = ""]) => !filters[key]?.test(value))) return undefined;
  const forgets = told.some(([, value]) => value === "stateless");
  const protocols = told.flatMap(([key, value = ""]) => (key === "protocol" ? [value] : []));
  const rules: Filter[] =
    protocols.length === 0
      ? [{ protocol: "any", ports: everyPort }]
      : protocols.flatMap(protocolOf);
  return forgets ? rules.map((rule) => Object.assign(rule, { stateless: true } as const)) : rules;
}

/** Values by key; protocols by name or IANA number. */
const filters: Readonly<Record<string, RegExp>> = {
  protocol: /^[a-z0-9-]+(?:\/\d+(?:-\d+)?)?$/,
  "protocol.icmp.type": /^\d+$/,
  "protocol.icmp.code": /^\d+$/,
  "connection-state": /^state(?:ful|less)$/,
};

const transports: Readonly<Record<string, TransportProtocol | "any">> = {
  tcp: "tcp",
  "6": "tcp",
  udp: "udp",
  "17": "udp",
  all: "any",
};

/** Nothing for protocols that have no port of a workload. */
function protocolOf(word: string): Filter[] {
  const [, name = "", from, to] = /^([^/]+)(?:\/(\d+)(?:-(\d+))?)?$/.exec(word) ?? [];
  const protocol = transports[name];
  if (protocol === undefined) return [];
  const ports = from === undefined ? everyPort : { from: Number(from), to: Number(to ?? from) };
  return [{ protocol, ports }];
}
