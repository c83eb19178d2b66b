import type { JsonObject } from "../../src/model/json.ts";

export type GcpService =
  | "compute"
  | "run"
  | "resourceManager"
  | "iam"
  | "networkSecurity"
  | "asset"
  | "functions"
  | "container"
  | "dns"
  | "networkConnectivity";

/** One question, in the terms of the REST API whatever it is asked with. */
export interface GcpRequest {
  readonly service: GcpService;
  /** Zone or region whose own endpoint must answer, where the API has such. */
  readonly location?: string;
  readonly method?: "GET" | "POST";
  /** From the root: `/compute/v1/projects/p/global/firewalls`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: JsonObject;
  readonly signal: AbortSignal;
}
