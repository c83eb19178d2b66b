import type { Json } from "../../../src/model/json.ts";
import { configOf, first, judgeConfig, type Config, type Loose } from "./world.ts";

export type Change = (config: Loose) => void;

/** What is found in a labelled case after a change. */
export function after(id: string, change: Change, gaps: Json[] = []) {
  const config: Config = configOf(id);
  change(config);
  return judgeConfig(config, gaps);
}

export const vnic = (config: Loose) => first(config, "vnics");
export const ingress = (config: Loose, end: string) =>
  config.core.securityLists.find((list: Loose) => list.id.endsWith(`.${end}`)).ingressSecurityRules;
export const balancer = (config: Loose) =>
  (config.loadBalancer?.loadBalancers ?? config.networkLoadBalancer.networkLoadBalancers)[0];
