import { expect, test } from "vitest";
import { ask, type Land } from "./estate.ts";

const role = "projects/prod/roles/r";
const get = "iam.serviceAccounts.getAccessToken";
const other = "o@prod.iam.gserviceaccount.com";
const account = `projects/prod/serviceAccounts/${other}`;
const give = (permission: string, more: object = {}): Land => ({
  bindings: [{ role, ...more }],
  roles: { [role]: [permission] },
});
const own = { ...give(get, { resource: account }), others: [other] };

test("a binding that gives something else leaves open what was not read", () => {
  const given = { ...give("a.b.c"), others: [other] };
  expect(ask(given, get, account).verdict).toBe("no");
  const land = { ...given, without: ["folders/10#allow"] };
  expect(ask(land, get, account)).toMatchObject({
    verdict: "maybe",
    statements: [],
    assumptions: ["the allow policies of folders/10 were not read"],
  });
});

test("a sure binding decides, whichever stands beside it", () => {
  const unread = { role, resource: account, members: ["group:unread@example.com"] };
  const sure = { role, resource: account };
  for (const bindings of [
    [unread, sure],
    [sure, unread],
  ]) {
    expect(ask({ ...own, bindings }, get, account)).toMatchObject({
      verdict: "yes",
      assumptions: [],
    });
  }
});

test("ancestors that were not read may give it", () => {
  const given = { ...give("a.b.c"), others: [other] };
  const land = { ...given, without: ["projects/prod#ancestry"] };
  expect(ask(land, get, account)).toMatchObject({
    verdict: "maybe",
    assumptions: [expect.stringContaining("ancestors of projects/prod were not read")],
  });
});

test("a role that was not read decides by no statement, and says so", () => {
  expect(ask({ ...own, without: [`${role}#role`] }, get, account)).toMatchObject({
    verdict: "maybe",
    statements: [],
    assumptions: [`the permissions of ${role} were not read`],
  });
});

test("a group whose members were not read decides by the binding that names it", () => {
  const unread = { resource: account, members: ["group:unread@example.com"] };
  const land = { ...give(get, unread), others: [other] };
  expect(ask(land, get, account)).toMatchObject({
    verdict: "maybe",
    statements: [expect.stringContaining("#allow#0")],
    assumptions: [expect.stringContaining("members of a group")],
  });
});
