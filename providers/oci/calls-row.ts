import type { CallFacts } from "../../src/model/adapter.ts";
import type { Call } from "../call.ts";
import type { OciClients } from "./connect.ts";
import type { OciService } from "./services.ts";

/** A row of the tables of calls; what is the same for all calls is filled in by `callOf`. */
export interface CallRow extends Pick<CallFacts, "affects" | "per"> {
  /** The snapshot's key: `core:ListSubnets`. */
  readonly operation: string;
  /** `<verb> <resource type>` of the policy language. */
  readonly permissions: readonly string[];
  readonly service: OciService;
  /** Method of the SDK's client, or a path with `{name}` for members of the parameters. */
  readonly method: string;
  readonly where: "scope" | "region";
  /** Items asked for in a page; absent where the operation has no pages. */
  readonly limit?: number;
  readonly params?: Call<OciClients>["params"];
  readonly detail?: Call<OciClients>["detail"];
  readonly skip?: Call<OciClients>["skip"];
  /** Added to every request and not recorded: the same whatever is asked about. */
  readonly fixed?: (tenancy: string) => Readonly<Record<string, string | boolean>>;
}
