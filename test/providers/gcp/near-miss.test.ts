import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { normalise } from "../../../providers/gcp/normalise.ts";
import { gcpScenario } from "../../../src/conformance/scenario-gcp.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";

const cases: { scenarios: (JsonObject & { title: string; config: JsonObject })[] } = JSON.parse(
  readFileSync(new URL("../../conformance/net/postern-gcp.json", import.meta.url), "utf8"),
);
const same = (config: string): string => config;

/** Ways that would be open but for a front end, and what each lacks: `machine via dialled>port gates`. */
function told(title: string, change: (config: string) => string): Set<string> {
  const found = cases.scenarios.find((each) => each.title === title);
  expect(found?.title).toBe(title);
  const config: JsonObject = JSON.parse(change(JSON.stringify(found?.config)));
  const { approaches = [] } = normalise(gcpScenario({ config }));
  return new Set(
    approaches
      .filter(({ nearMiss }) => nearMiss)
      .map(({ workload, via, entryPorts: { from, to }, protocol, legs }) => {
        const [first] = legs;
        const gates = legs.flatMap(({ own }) => own);
        const shut = gates.filter((gate) => gate.kind === "state" && !gate.open);
        const early = (first?.own ?? []).filter((gate) => gate.kind === "state" && !gate.open);
        const port = legs.find((leg) => leg.port !== undefined)?.port ?? "same";
        const codes = shut.map(({ code }) => code).join("+");
        const where = early.length > 0 ? "front" : "back";
        const name = workload.slice(workload.lastIndexOf("/") + 1);
        return `${name} ${via.join()} ${from}-${to}>${port} ${protocol.join()} ${codes} ${where}`;
      }),
  );
}

const lost = "No front end leads to the service";
const redirect = "HTTP only redirects to HTTPS, which serves";
const members = "An instance that left its group";
const global = /projects\/p1\/global\/(backendServices|healthChecks)/g;
const regional = (config: string): string =>
  config.replaceAll(global, "projects/p1/regions/us-central1/$1");
const scheme =
  (name: string) =>
  (config: string): string =>
    config.replaceAll('"EXTERNAL_MANAGED"', `"${name}"`);
/** A machine more, by the first one's name. */
const beside =
  (name: string, ...changes: (readonly [string, string])[]) =>
  (config: string): string => {
    const world: { compute: { instances: JsonObject[] } } = JSON.parse(config);
    const [first] = world.compute.instances;
    const other = changes.reduce(
      (text, [from, to]) => text.replaceAll(from, to),
      JSON.stringify(first).replaceAll("vm-mcp", name),
    );
    world.compute.instances.push(JSON.parse(other));
    return JSON.stringify(world);
  };

test.each<[string, string, (config: string) => string, readonly string[]]>([
  [
    "a service without a front end",
    lost,
    same,
    ["vm-mcp bs 0-65535>8080 tcp LB_NO_LISTENER+LB_NO_TARGET front"],
  ],
  ["an internal service without one is none", lost, scheme("INTERNAL_MANAGED"), []],
  [
    "a regional service that would pass packets on",
    lost,
    (config) => scheme("EXTERNAL")(regional(config)),
    ["vm-mcp bs 0-65535>same tcp,udp LB_NO_LISTENER+LB_NO_TARGET front"],
  ],
  [
    "a global service of the classic kind",
    lost,
    scheme("EXTERNAL"),
    ["vm-mcp bs 0-65535>8080 tcp LB_NO_LISTENER+LB_NO_TARGET front"],
  ],
  [
    "a front end that only redirects",
    redirect,
    same,
    ["vm-mcp fr80 80-80>8080 tcp LB_NO_TARGET front"],
  ],
  [
    "a front end that only redirects, on an address of its own",
    redirect,
    (config) => config.replace('"203.0.113.80"', '"203.0.113.81"'),
    ["vm-mcp fr80 80-80>8080 tcp LB_NO_TARGET front"],
  ],
  [
    "a group without members names those of its zone and network",
    members,
    same,
    ["vm-mcp fr 80-80>8080 tcp LB_NO_TARGET back"],
  ],
  [
    "one more machine of the zone",
    members,
    beside("vm-b"),
    ["vm-b fr 80-80>8080 tcp LB_NO_TARGET back", "vm-mcp fr 80-80>8080 tcp LB_NO_TARGET back"],
  ],
  [
    "one of another zone",
    members,
    beside("vm-b", ["us-central1-a", "us-central1-b"]),
    ["vm-mcp fr 80-80>8080 tcp LB_NO_TARGET back"],
  ],
  [
    "one of another network",
    members,
    beside("vm-b", ["networks/vpc", "networks/x"]),
    ["vm-mcp fr 80-80>8080 tcp LB_NO_TARGET back"],
  ],
  [
    "members that could not be asked for name nobody",
    members,
    (config) => config.replace('"instanceGroups.listInstances"', '"x"'),
    [],
  ],
  [
    "a port that the group names otherwise",
    "A group that names the port otherwise",
    same,
    ["vm-mcp fr 80-80>8080 tcp LB_NO_TARGET back"],
  ],
  [
    "ports that rules open, and 80, where the group names none",
    "A group that names no port",
    same,
    ["vm-mcp fr 80-80>80 tcp LB_NO_TARGET back", "vm-mcp fr 80-80>8080 tcp LB_NO_TARGET back"],
  ],
  ["endpoints bring their ports", "Of two ports of an endpoint group one fails", same, []],
  [
    "ports past a range",
    "The firewall opens a port next to the range",
    same,
    ["vm-mcp fr 8096-8096>same tcp LB_NO_LISTENER front"],
  ],
  ["ports that the range holds", "The firewall opens the last port of the range", same, []],
  [
    "a port that is denied was not meant",
    "A denied port is nothing that was meant to be served",
    same,
    [],
  ],
  [
    "a protocol that is not carried",
    "A pool without health checks",
    same,
    ["vm-mcp fr 8080-8080>same tcp LB_NO_LISTENER front"],
  ],
])("%s", (_, title, change, expected) => {
  expect(told(title, change)).toEqual(new Set(expected));
});

test("what is only nearly open is told among what is blocked, never as a way", () => {
  const found = cases.scenarios.find(({ title }) => title === lost);
  const { exposures, blocked } = reach(
    normalise(gcpScenario({ config: found?.config ?? {} })),
    undefined,
    { everyPort: true },
  );
  expect(exposures).toEqual([]);
  const gates = blocked.filter(({ via }) => via === "bs").map(({ firstGate }) => firstGate);
  expect(new Set(gates)).toEqual(new Set(["LB_NO_LISTENER"]));
});
