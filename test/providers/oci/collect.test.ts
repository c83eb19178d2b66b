import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { collectFrom, withoutConfiguration } from "../../../mocks/oci/collect-scenario.ts";
import { startOciMock, type Fault, type OciMock } from "../../../mocks/oci/index.ts";
import { ociScenario } from "../../../src/conformance/scenario-oci.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { configOf, judge, linesOf } from "./world.ts";

const ashburn = "us-ashburn-1";
const frankfurt = "eu-frankfurt-1";
let restore: () => void;
let mock: OciMock | undefined;

beforeEach(() => {
  restore = withoutConfiguration();
});
afterEach(async () => {
  restore();
  await mock?.close();
  vi.restoreAllMocks();
});

async function serve(
  regions: Record<string, JsonObject>,
  faults: Fault[] = [],
  pageSize?: number,
): Promise<OciMock> {
  mock = await startOciMock({ regions }, { faults, ...(pageSize && { pageSize }) });
  return mock;
}

const open = "tcp/8080 ipv4 reachable none direct internet";

interface Whole {
  readonly snapshot: Snapshot;
  readonly calls: OciMock["calls"];
}

let once: Promise<Whole> | undefined;

/** One tenancy, read over the wire once: each start of the SDK costs. */
async function whole(): Promise<Whole> {
  once ??= serve({ [ashburn]: configOf("oci-001"), [frankfurt]: {} }).then(
    async ({ endpoint, calls }) => ({ snapshot: await collectFrom(endpoint), calls }),
  );
  return once;
}

describe("collecting a tenancy", () => {
  test("records the answers of the wire, page by page, with the ids of their requests", async () => {
    const config = configOf("oci-072");
    const { endpoint } = await serve({ [ashburn]: config }, [], 1);
    const snapshot = await collectFrom(endpoint);
    expect(snapshot.gaps).toEqual([]);
    expect(snapshot.pages.every(({ requestId }) => requestId !== undefined)).toBe(true);
    const lists = snapshot.pages.filter(({ call }) => call === "core:ListSubnets");
    expect(lists.map(({ page, last }) => [page, last])).toContainEqual([1, true]);
    expect(linesOf(judge(snapshot))).toEqual(linesOf(judge(ociScenario({ config }))));
  });

  test("says nothing on the console, whatever fails, and keeps each failure as a gap", async () => {
    const spies = (["warn", "error", "log"] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    );
    const faults: Fault[] = [
      { kind: "deny", call: "core:ListInstances" },
      { kind: "error", call: "loadbalancer:ListLoadBalancers" },
      { kind: "html", call: "apigateway:ListGateways" },
      { kind: "throttle", call: "core:ListSecurityLists" },
    ];
    const { endpoint } = await serve({ [ashburn]: configOf("oci-001") }, faults);
    const { gaps } = await collectFrom(endpoint, { attempts: 2 });
    expect(gaps.map(({ call, reason }) => `${call} ${reason}`)).toEqual(
      expect.arrayContaining([
        "core:ListInstances denied",
        "loadbalancer:ListLoadBalancers unavailable",
        "apigateway:ListGateways unavailable",
        "core:ListSecurityLists throttled",
      ]),
    );
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });

  test("asks a region without networks for its networks alone", async () => {
    const { calls } = await whole();
    const asked = calls.filter(({ region }) => region === frankfurt).map(({ call }) => call);
    expect(new Set(asked)).toEqual(new Set(["core:ListVcns"]));
  });

  test("gives a region that never answers one deadline, and reads the others", async () => {
    const faults: Fault[] = [{ kind: "hang", region: frankfurt }];
    const world = { [ashburn]: configOf("oci-001"), [frankfurt]: configOf("oci-001") };
    const { endpoint, calls } = await serve(world, faults);
    const startedAt = performance.now();
    const snapshot = await collectFrom(endpoint, { attemptTimeout: 3000 });
    expect(performance.now() - startedAt).toBeLessThan(12_000);
    expect(calls.filter(({ region }) => region === frankfurt).length).toBeLessThan(4);
    const silent = snapshot.gaps.filter(({ region }) => region === frankfurt);
    expect(silent.map(({ reason }) => reason)).toContain("timeout");
    expect(snapshot.gaps.filter(({ region }) => region !== frankfurt)).toEqual([]);
    expect(linesOf(judge(snapshot))).toEqual([open]);
  });

  test("asks again when OCI says that it was too much, and loses nothing", async () => {
    const faults: Fault[] = [
      { kind: "throttle", call: "core:ListSubnets", times: 1, retryAfter: 1 },
      { kind: "reset", call: "core:ListInstances", times: 1 },
    ];
    const { endpoint } = await serve({ [ashburn]: configOf("oci-001") }, faults);
    const snapshot = await collectFrom(endpoint, { attempts: 3 });
    expect(snapshot.gaps).toEqual([]);
    expect(linesOf(judge(snapshot))).toEqual([open]);
  });

  test.each([
    ["core:ListSubnets", "tcp/0-65535 ipv4 unknown none direct internet"],
    ["core:ListRouteTables", "tcp/8080 ipv4 unknown none direct internet"],
    ["core:ListInternetGateways", "tcp/8080 ipv4 unknown none direct internet"],
    ["core:ListSecurityLists", "tcp/0-65535 ipv4 unknown none direct internet"],
    ["core:GetVnic", "tcp/8080 ipv4 unknown none direct internet"],
    ["core:ListVnicAttachments", "tcp/0-65535 ipv4 unknown none direct internet"],
    ["core:ListInstances", open],
  ])("a refused %s makes what depends on it unknown, not closed", async (call, line) => {
    const { pages, ...rest } = (await whole()).snapshot;
    const gap = { call, scope: rest.scope.id, reason: "denied", detail: "", affects: [] } as const;
    const left = pages.filter((page) => page.call !== call);
    expect(linesOf(judge({ ...rest, pages: left, gaps: [gap] }))).toContain(line);
  });

  // What is asked about interfaces depends on these two.
  test.each([
    ["core:ListPublicIps", "tcp/8080 ipv4 unknown none direct internet"],
    ["core:ListPrivateIps", open],
  ])("a refused %s changes what else is asked, and nothing is closed", async (call, line) => {
    const { endpoint } = await serve({ [ashburn]: configOf("oci-001") }, [{ kind: "deny", call }]);
    const snapshot = await collectFrom(endpoint);
    expect(snapshot.gaps.find((each) => each.call === call)).toMatchObject({
      reason: "denied",
      detail: expect.stringContaining("NotAuthorizedOrNotFound"),
    });
    expect(linesOf(judge(snapshot))).toContain(line);
  });

  test("credentials that OCI does not take end the run with what to do", async () => {
    const { endpoint } = await serve({ [ashburn]: {} }, [{ kind: "unauthenticated" }]);
    await expect(collectFrom(endpoint)).rejects.toMatchObject({ code: "CREDENTIALS_EXPIRED" });
  });

  test("a region that the tenancy is not subscribed to is named", async () => {
    const { endpoint } = await serve({ [ashburn]: {} });
    await expect(collectFrom(endpoint, { regions: ["uk-london-1"] })).rejects.toMatchObject({
      code: "REGION_UNKNOWN",
    });
  });
});
