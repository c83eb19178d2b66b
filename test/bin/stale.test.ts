import { expect, test } from "vitest";
import { stale } from "../../bin/stale.ts";

const listed = "2026-11-25T10:00:00.000Z";

test.each([
  ["2026-11-25T10:59:59.999Z", false],
  ["2026-11-25T11:00:00.000Z", true],
  ["2026-11-26T10:00:00.000Z", true],
])("a snapshot of 10:00 at %s is too old to probe: %s", (now, refused) => {
  const check = (): void => stale(listed, new Date(now));

  if (refused) expect(check).toThrow(/minutes old/);
  else expect(check).not.toThrow();
});
