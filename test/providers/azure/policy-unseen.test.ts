import { expect, test } from "vitest";
import { unseenPlaces } from "../../../providers/azure/policy/unseen.ts";

const group = "/subscriptions/s/resourcegroups/g";
const machines = "microsoft.compute/virtualmachines";
const machine = `${group}/providers/${machines}/vm`;
const sets = "microsoft.compute/virtualmachinescalesets";

test.each([
  ["a group may hold any", machines, group, `${group}/providers/${machines}/unseen`],
  ["a machine is one itself", machines, machine, machine],
  ["what belongs to machines lies at one", `${machines}/extensions`, machine, machine],
  [
    "a disk of the same service is none",
    machines,
    `${group}/providers/microsoft.compute/disks/d`,
    undefined,
  ],
  ["a machine is no scale set, whose name begins alike", sets, machine, undefined],
])("%s", (_, type, scope, place) => {
  expect(unseenPlaces(type, [scope])).toEqual(place === undefined ? [] : [place]);
});
