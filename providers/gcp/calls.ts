import type { Call } from "../call.ts";
import { balancerCalls } from "./calls-balancers.ts";
import { computeCalls, hierarchyCalls } from "./calls-compute.ts";
import { nameCalls } from "./calls-dns.ts";
import { functionCalls } from "./calls-functions.ts";
import { identityCalls } from "./calls-identity.ts";
import { callOf } from "./calls-row.ts";
import { resourceCalls } from "./calls-resources.ts";
import { runCalls } from "./calls-run.ts";
import type { GcpClients } from "./connect.ts";

/** Every call of an audit, in the order they are made: what others are named by comes first. */
export const calls: readonly Call<GcpClients>[] = [
  ...computeCalls.map(callOf),
  ...resourceCalls.map(callOf),
  ...identityCalls.map(callOf),
  ...hierarchyCalls.map(callOf),
  ...balancerCalls.map(callOf),
  ...runCalls.map(callOf),
  ...functionCalls.map(callOf),
  ...nameCalls.map(callOf),
];
