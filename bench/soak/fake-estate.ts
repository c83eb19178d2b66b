import { setTimeout as delay } from "node:timers/promises";
import { defineAdapter, type Call } from "../../providers/adapter.ts";
import type { ProviderAdapter } from "../../src/model/adapter.ts";
import type { Inventory } from "../../src/model/inventory.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";

const regions = ["r1", "r2", "r3"];
const listPages = 3;
interface Account {
  readonly id: string;
}

const source = { kind: "rule", id: "soak" } as const;

/** A cloud of many small accounts, some of whose machines are worth a detail call. `onAsked` sees every page asked for. */
export function fakeEstate(onAsked: (what: string) => void, accounts = 12): ProviderAdapter {
  const rest = { permissions: ["read"], affects: ["workloads"], family: "api" } as const;
  const fetchOf =
    (operation: string): Call<Account>["fetch"] =>
    async ({ id }, { region, params, token = "0" }) => {
      onAsked(`${id} ${keyOf(operation, region, params, Number(token))}`);
      await delay(1);
      const page = Number(token);
      const items = Array.from({ length: 40 }, (_, at) => ({ id: `${operation}-${page}-${at}` }));
      const next = page + 1 < listPages ? { next: String(page + 1) } : {};
      return { body: { items, params }, requestId: `${operation}-${page}`, ...next };
    };
  const list = (operation: string, where: Call<Account>["where"]): Call<Account> => ({
    ...rest,
    operation,
    where,
    fetch: fetchOf(operation),
  });
  return defineAdapter<Account>({
    provider: "aws",
    calls: [
      list("iam:ListRoles", "scope"),
      list("ec2:DescribeInstances", "region"),
      list("ec2:DescribeVpcs", "region"),
      {
        ...list("ec2:DescribeInstanceAttribute", "region"),
        per: "exposed-workload",
        detail: (id) => ({ id }),
      },
    ],
    buckets: { api: { capacity: 1000, perSecond: 1000 } },
    clients: async (scope) => ({ id: scope?.id ?? "" }),
    scopes: async () =>
      Array.from({ length: accounts }, (_, at) => ({
        provider: "aws",
        id: String(100_000_000_000 + at),
        regions,
      })),
    classify: () => undefined,
    normalise,
    policy: {
      grants: () => [],
      limits: () => [],
      adminProbes: [],
      escalations: [],
      decide: () => ({ verdict: "no", because: "", statements: [], assumptions: [] }),
    },
  });
}

/** What `onAsked` is told for a page, behind the account. */
export function keyOf(call: string, region: string, params: object, page: number): string {
  return JSON.stringify([call, region, params, page]);
}

function normalise({ provider, scope, gaps, pages }: Snapshot): Inventory {
  const machines = pages.filter(({ call }) => call === "ec2:DescribeInstances");
  return {
    provider,
    scope: scope.id,
    networks: [],
    identities: [],
    policies: [],
    gaps,
    workloads: machines.map(({ region, page }) => ({
      id: `i-${scope.id}-${region}-${page}`,
      name: `machine ${page}`,
      kind: "instance",
      tags: {},
      provider,
      scope: scope.id,
      region,
      state: "running",
      identities: [],
      texts: [{ kind: "command", text: "npx @modelcontextprotocol/server-everything", source }],
      source,
    })),
  };
}
