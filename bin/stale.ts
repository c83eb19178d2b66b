import { PosternError } from "../src/index.ts";

const limitMinutes = 60;

/**
 * Addresses change hands: one that was listed long ago may be somebody else's now and must not be contacted.
 *
 * @throws {PosternError} SNAPSHOT_INVALID when the snapshot is older than 60 minutes.
 */
export function stale(listedAt: string, now: Date): void {
  const minutes = Math.floor((now.getTime() - Date.parse(listedAt)) / 60_000);
  if (minutes < limitMinutes) return;
  throw new PosternError(
    "SNAPSHOT_INVALID",
    `The snapshot is ${minutes} minutes old; its addresses may belong to somebody else by now and are not probed`,
    { hint: "Run postern audit to list them anew, or leave out --probe." },
  );
}
