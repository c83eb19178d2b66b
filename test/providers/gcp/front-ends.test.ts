import { expect, test } from "vitest";
import { frontEnds } from "../../../providers/gcp/front-ends.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { pageOf, snapshotOf } from "./node.ts";

const region = "projects/p1/regions/us-central1";
const rule = (name: string, IPAddress: string, sourceIpRanges: string[] = []): JsonObject => ({
  name,
  IPAddress,
  sourceIpRanges,
  IPProtocol: "TCP",
  ports: ["443"],
  selfLink: `https://www.googleapis.com/compute/v1/${region}/forwardingRules/${name}`,
  backendService: `${region}/backendServices/b`,
});

function clientsOf(...rules: JsonObject[]): Record<string, readonly string[] | undefined> {
  const items = { "regions/us-central1": { forwardingRules: rules } };
  const found = frontEnds(
    snapshotOf([pageOf("compute.forwardingRules.aggregatedList", { items })]),
  );
  return Object.fromEntries(found.map(({ name, clients }) => [name, clients]));
}

const half = ["128.0.0.0/1"];

test("a rule that names clients takes them from the one of its address that names none", () => {
  const { base, steers } = clientsOf(rule("base", "34.1.2.3"), rule("steers", "34.1.2.3", half));
  expect(steers).toEqual(half);
  expect(base).toEqual(["0.0.0.0/1"]);
});

test("a rule of another address keeps its clients", () => {
  const { base } = clientsOf(rule("base", "34.1.2.4"), rule("steers", "34.1.2.3", half));
  expect(base).toBeUndefined();
});

test("addresses that were not read are the same only where their links are", () => {
  const link = (name: string): string => `${region}/addresses/${name}`;
  const found = clientsOf(
    rule("base", link("one")),
    rule("other", link("two")),
    rule("steers", link("one"), half),
  );
  expect(found).toEqual({ base: ["0.0.0.0/1"], other: undefined, steers: half });
});
