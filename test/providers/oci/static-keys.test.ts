import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collectFrom, withoutConfiguration } from "../../../mocks/oci/collect-scenario.ts";
import { startOciMock } from "../../../mocks/oci/index.ts";
import { keyUsersIn, keyUsersInside } from "../../../providers/oci/key-texts.ts";
import { normalise } from "../../../providers/oci/normalise.ts";
import { ociScenario } from "../../../src/conformance/scenario-oci.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { Gap, Snapshot } from "../../../src/model/snapshot.ts";
import { configFor, instanceOf, reportsOf } from "./identity.ts";

const user = "ocid1.user.oc1..aaaadeploy";
const print = "00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff";
const key = "[secret:private-key:0123456789abcdef]";
const profile = `[DEFAULT]\nuser=${user}\nfingerprint=${print}\nkey_file=~/.oci/key.pem\n`;
const group = (name: string): Json => ({
  id: `ocid1.group.oc1..${name.toLowerCase()}`,
  name,
  lifecycleState: "ACTIVE",
});

function config(text: string, statements: readonly string[], more: JsonObject = {}): JsonObject {
  return configFor({
    statements,
    instances: { web: { metadata: { setup: text } } },
    identity: {
      groups: [group("Administrators"), group("Deployers")],
      memberships: [{ userId: user, groupId: "ocid1.group.oc1..deployers" }],
      ...more,
    },
  });
}

const linksOf = (snapshot: Snapshot) =>
  normalise(snapshot)
    .workloads.filter(({ id }) => id === instanceOf("web"))
    .flatMap(({ identities }) =>
      identities.map(({ id, how, verdict }) => `${id} ${how} ${verdict}`),
    );
const own = `${instanceOf("web")} metadata yes`;
const byName = "Allow group Deployers to manage all-resources in tenancy";

let restore = (): void => {};
beforeAll(() => {
  restore = withoutConfiguration();
});
afterAll(() => restore());

test("users whose keys stand in a machine's metadata are asked for their groups, and judged by them", async () => {
  const mock = await startOciMock({
    regions: { "us-ashburn-1": config(profile, [byName]) },
  });
  const snapshot = await collectFrom(mock.endpoint);
  await mock.close();
  expect(mock.calls).toContainEqual({
    call: "identity:ListUserGroupMemberships",
    region: "us-ashburn-1",
    params: { userId: user },
  });
  expect(linksOf(snapshot)).toEqual([own, `${user} static-key maybe`]);
  expect(reportsOf(snapshot).get(user)).toMatchObject({
    kind: "user",
    power: "admin",
    verdict: "yes",
  });
});

describe("a user of a key that was found", () => {
  const wordOf = (statements: readonly string[], more: JsonObject = {}) => {
    const report = reportsOf(ociScenario({ config: config(profile, statements, more) })).get(user);
    return report && `${report.power} ${report.verdict}`;
  };
  test.each([
    ["by the name of the group", [byName], "admin yes"],
    [
      "by its OCID",
      ["Allow group id ocid1.group.oc1..deployers to manage all-resources in tenancy"],
      "admin yes",
    ],
    [
      "not by another group",
      ["Allow group Administrators to manage all-resources in tenancy"],
      "none yes",
    ],
    [
      "not by another OCID",
      ["Allow group id ocid1.group.oc1..other to manage all-resources in tenancy"],
      "none yes",
    ],
    [
      "not by a group of the name in another domain",
      ["Allow group 'Other'/'Deployers' to manage all-resources in tenancy"],
      "none yes",
    ],
    [
      "not by a dynamic group",
      ["Allow dynamic-group Deployers to manage all-resources in tenancy"],
      "none yes",
    ],
    ["by what any user has", ["Allow any-user to manage buckets in tenancy"], "broad yes"],
  ])("is judged %s", (_, statements, word) => {
    expect(wordOf(statements)).toBe(word);
  });

  test("is not judged where a group of it was not read, or its groups were not", () => {
    expect(wordOf([byName], { groups: [] })).toBeUndefined();
    expect(wordOf([byName], { memberships: [] })).toBeUndefined();
  });

  test("is not judged where the list of its groups broke off", () => {
    const whole = ociScenario({ config: config(profile, [byName]) });
    const gap: Gap = {
      call: "identity:ListUserGroupMemberships",
      scope: whole.scope.id,
      params: { userId: user },
      reason: "unavailable",
      detail: "",
      affects: ["grants"],
    };
    expect(reportsOf({ ...whole, gaps: [gap] }).has(user)).toBe(false);
  });
});

describe("a key in a text", () => {
  test.each([
    ["with its private key is surely held", `${profile}${key}`, [own, `${user} static-key yes`]],
    ["without one may be held", profile, [own, `${user} static-key maybe`]],
    ["is none without a fingerprint", `created by ${user}`, [own]],
  ])("%s", (_, text, links) => {
    expect(linksOf(ociScenario({ config: config(text, []) }))).toEqual(links);
  });

  test("is found at any depth, once for each user and text", () => {
    expect(keyUsersIn(`${profile}${profile}`)).toEqual([user]);
    expect(keyUsersInside([{ a: { b: [profile] } }, 1, null, `x ${user}`])).toEqual([user]);
  });
});
