import type { CallFacts } from "../../src/model/adapter.ts";
import type { Call } from "../call.ts";
import type { AwsClients } from "./connect.ts";

/** A row of the tables of calls; what is the same for all calls of a service is filled in by `callOf`. */
export interface CallRow extends Pick<CallFacts, "affects" | "per"> {
  readonly action: string;
  /** Items asked for in a page; absent where the operation has no pages. */
  readonly pageSize?: number;
  /** Names of the continuation, where this operation's are not those of its service. */
  readonly pages?: { readonly token: string; readonly next: string };
  readonly params?: Call<AwsClients>["params"];
  readonly skip?: Call<AwsClients>["skip"];
  /** Errors that say that there is nothing, which is an answer. */
  readonly absent?: readonly string[];
  readonly detail?: Call<AwsClients>["detail"];
  /** Asked even where the region has no network interface. */
  readonly always?: boolean;
}
