import type { JsonObject } from "../src/model/json.ts";
import type { Gap, Page } from "../src/model/snapshot.ts";
import type { Call, RawPage } from "./call.ts";
import { gapOf, messageOf, type Failure, type Place } from "./place.ts";
import { record } from "./record.ts";
import { fetchPage } from "./retry.ts";

/** A list that names ever new tokens would never end. */
const pageCap = 10_000;

export interface ListOutcome {
  readonly pages: readonly Page[];
  readonly gap?: Gap;
  readonly interrupted?: true;
}

/** Every page of one list, up to the first that cannot be read. */
export async function readList<C>(
  place: Place<C>,
  call: Call<C>,
  params: JsonObject,
): Promise<ListOutcome> {
  const { region } = place;
  const pages: Page[] = [];
  const seen = new Set<string>();
  const cut = (failure: Failure): ListOutcome => ({
    pages,
    gap: gapOf(place, call, failure, params),
  });
  let token: string | undefined;
  while (pages.length < pageCap) {
    const outcome = await fetchPage(place, call, { region, params, token });
    if (outcome.kind === "interrupted") return { pages, interrupted: true };
    if (outcome.kind === "failed") return cut(outcome.failure);
    const { next } = outcome.page;
    const repeated = next !== undefined && seen.has(next);
    const page = await pageOf(place, call, params, pages.length, outcome.page);
    if ("reason" in page) return cut(page);
    pages.push(page);
    if (!next) return { pages };
    if (repeated) {
      return cut({
        reason: "unavailable",
        detail: "the same page was offered twice, so the list may be cut short",
      });
    }
    seen.add(next);
    token = next;
  }
  return cut({ reason: "unavailable", detail: `cut after ${pageCap} pages` });
}

export async function pageOf<C>(
  { region, context }: Place<C>,
  { operation }: Call<C>,
  params: JsonObject,
  number: number,
  { body, requestId, next }: RawPage,
): Promise<Page | Failure> {
  try {
    return {
      call: operation,
      region,
      params,
      page: number,
      ...(requestId !== undefined && { requestId: requestId.slice(0, 200) }),
      at: context.now().toISOString(),
      ...(await record(body, context.fingerprintKey)),
      ...(!next && { last: true }),
    };
  } catch (error) {
    return {
      reason: "unavailable",
      detail: `the answer could not be recorded: ${messageOf(error)}`,
    };
  }
}
