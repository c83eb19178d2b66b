import { listOf, objectOf, textOf } from "../../src/conformance/read-json.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";

export interface Packet {
  readonly family: "ipv4" | "ipv6";
  readonly client: string;
  readonly protocol: "tcp" | "udp";
  readonly workload: string;
  /** On the workload. */
  readonly port: number;
  /** `direct`, or the balancer that is dialled. */
  readonly via: string;
  /** What the client dials. */
  readonly entryPort: number;
}

/** The answers of one account and region: `config[service][Command]`. */
export type World = JsonObject;

export function groupsOf(eni: JsonObject): string[] {
  return rows(eni, "Groups").flatMap((each) => textOf(each["GroupId"]) ?? []);
}

export function entriesOf(world: World, list_: string): string[] {
  const answer = call(world, "ec2", "GetManagedPrefixListEntries", list_);
  return rows(answer, "Entries").flatMap((each) => textOf(each["Cidr"]) ?? []);
}

export function call(world: World, service: string, command: string, key?: string): JsonObject {
  const answer = objectOf(objectOf(world[service])[command]);
  return key === undefined ? answer : objectOf(answer[key]);
}

export function list(world: World, service: string, command: string, key: string): JsonObject[] {
  return rows(call(world, service, command), key);
}

export function rows(owner: JsonObject, key: string): JsonObject[] {
  const found: Json | undefined = owner[key];
  return listOf(found).map(objectOf);
}

/** Compares bit by bit, as text. */
export function within(address: string, cidr: string): boolean {
  const [base = "", length = "0"] = cidr.split("/");
  if (address.includes(":") !== base.includes(":") || base === "") return false;
  return bits(address).slice(0, Number(length)) === bits(base).slice(0, Number(length));
}

function bits(address: string): string {
  if (!address.includes(":"))
    return address
      .split(".")
      .map((part) => Number(part).toString(2).padStart(8, "0"))
      .join("");
  const [head = "", tail] = address.split("::");
  const groups = (half: string): string[] => half.split(":").filter((part) => part !== "");
  const [front, back] = [groups(head), groups(tail ?? "")];
  const middle = Array.from({ length: 8 - front.length - back.length }, () => "0");
  return [...front, ...middle, ...back]
    .map((part) => Number.parseInt(part, 16).toString(2).padStart(16, "0"))
    .join("");
}
