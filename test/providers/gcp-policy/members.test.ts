import { expect, test } from "vitest";
import type { Caller } from "../../../providers/gcp/policy/caller.ts";
import { covers } from "../../../providers/gcp/policy/members.ts";
import { worldOf } from "../../../providers/gcp/policy/world.ts";
import { landOf, self } from "./estate.ts";

const pool = "prod.svc.id.goog";
const project = "projects/prod";
const account: Caller = { emails: [self], pods: [], project };
const pod: Caller = { emails: [], pods: [{ pool, subject: "ns/web/sa/mcp" }], project };
const both: Caller = { ...account, pods: pod.pods };
const two: Caller = {
  emails: [self, "second@prod.iam.gserviceaccount.com"],
  pods: [...pod.pods, { pool, subject: "ns/other/sa/second" }],
  project,
};
const principal = `principal://iam.googleapis.com/projects/-/serviceAccounts/${self}`;
const pools = `iam.googleapis.com/projects/123/locations/global/workloadIdentityPools/${pool}`;
const place = "principalSet://cloudresourcemanager.googleapis.com";
const { world } = (() => {
  const { estate } = landOf({
    groups: {
      "a@example.com": ["group:b@example.com"],
      "b@example.com": [`serviceAccount:${self}`, "user:x@example.com"],
      "none@example.com": [],
    },
  });
  return { world: worldOf(estate) };
})();

test.each([
  [`serviceAccount:${self}`, account, "yes"],
  [`serviceAccount:${self}`, pod, "no"],
  [`serviceAccount:${self}`, two, "yes"],
  [principal, account, "yes"],
  [principal, pod, "no"],
  [principal, two, "yes"],
  [`serviceAccount:${pool}[web/mcp]`, account, "no"],
  [`serviceAccount:${pool}[web/mcp]`, pod, "yes"],
  [`serviceAccount:${pool}[web/mcp]`, both, "yes"],
  [`serviceAccount:${pool}[web/mcp]`, two, "yes"],
  [`principal://${pools}/subject/ns/web/sa/mcp`, account, "no"],
  [`principal://${pools}/subject/ns/web/sa/mcp`, two, "yes"],
  [`principalSet://${pools}/namespace/web`, account, "no"],
  [`principalSet://${pools}/namespace/web`, two, "yes"],
  [`principalSet://${pools}/*`, account, "no"],
  [`${place}/projects/123/type/ServiceAccount`, account, "yes"],
  [`${place}/projects/123/type/ServiceAccount`, pod, "no"],
  [`${place}/projects/123`, pod, "yes"],
  [`${place}/organizations/1/type/ServiceAccount`, account, "yes"],
  [`${place}/organizations/2`, account, "no"],
  ["group:a@example.com", account, "yes"],
  ["group:a@example.com", pod, "no"],
  ["group:none@example.com", account, "no"],
  ["group:A@Example.com", account, "yes"],
  ["group:unread@example.com", account, "maybe"],
  ["projectOwner:prod", account, "no"],
  ["projectOwner:unread", account, "maybe"],
] as const)("%s and %o: %s", (member, caller, verdict) => {
  expect(covers(member, caller, world)).toBe(verdict);
});

test("a project whose place was not read may lie anywhere", () => {
  const caller = { ...account, project: "projects/unread" };
  expect(covers(`${place}/folders/10`, caller, world)).toBe("maybe");
});
