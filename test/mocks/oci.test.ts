import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startOciMock, type OciMock } from "../../mocks/oci/index.ts";

const compartmentId = "ocid1.compartment.oc1..c";
const vcns = ["a", "b", "c"].map((id) => ({ id, compartmentId }));
const authorization =
  'Signature version="1",keyId="t/u/f",algorithm="rsa-sha256",headers="x-date (request-target) host",signature="AA=="';
let mock: OciMock;

beforeAll(async () => {
  const world = { regions: { "us-ashburn-1": { core: { vcns } } } };
  const faults = [
    { kind: "throttle", call: "core:ListSubnets", retryAfter: 2 },
    { kind: "deny", call: "core:ListInstances" },
    { kind: "html", call: "core:ListRouteTables" },
  ] as const;
  mock = await startOciMock(world, { faults, pageSize: 2 });
});
afterAll(() => mock.close());

const get = (path: string, headers: Record<string, string> = { authorization }) =>
  fetch(`${mock.url}${path}`, { headers });
const list = (name: string, more = "") =>
  get(`/us-ashburn-1/20160918/${name}?compartmentId=${compartmentId}${more}`);

describe("the OCI mock", () => {
  test("pages by an opaque token in a header", async () => {
    const one = await list("vcns");
    const next = one.headers.get("opc-next-page");
    expect(await one.json()).toEqual(vcns.slice(0, 2));
    const two = await list("vcns", `&page=${next}`);
    expect(await two.json()).toEqual(vcns.slice(2));
    expect(two.headers.get("opc-next-page")).toBeNull();
  });

  test("names a request the same way each time, and other pages differently", async () => {
    const ids = await Promise.all(
      ["", "", "&page=YXQgMg"].map(async (more) =>
        (await list("vcns", more)).headers.get("opc-request-id"),
      ),
    );
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  test.each<[string, Record<string, string>]>([
    ["no signature", {}],
    ["a signature that leaves out the host", { authorization: authorization.replace(" host", "") }],
    ["another algorithm", { authorization: authorization.replace("rsa-sha256", "hmac") }],
  ])("takes %s for nobody", async (_, headers) => {
    const answer = await get("/20160918/vcns", headers);
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: "NotAuthenticated" }]);
  });

  test.each([
    ["subnets", 429, "TooManyRequests"],
    ["instances", 404, "NotAuthorizedOrNotFound"],
    ["nonsense", 404, "NotFound"],
  ])("answers %s with %i %s", async (name, status, code) => {
    const answer = await list(name);
    expect([answer.status, await answer.json()]).toMatchObject([status, { code }]);
  });

  test("says how long to wait where it was told to", async () => {
    expect((await list("subnets")).headers.get("retry-after")).toBe("2");
  });

  test("refuses a page token of another list", async () => {
    const answer = await list("vcns", "&page=zzz");
    expect(await answer.json()).toMatchObject({ code: "InvalidParameter" });
  });

  test("shows new services' lists wrapped, and old ones bare", async () => {
    const balancers = await get(
      `/us-ashburn-1/20200501/networkLoadBalancers?compartmentId=${compartmentId}`,
    );
    expect(await balancers.json()).toEqual({ items: [] });
    expect(await (await list("vnicAttachments")).json()).toEqual([]);
  });
});
