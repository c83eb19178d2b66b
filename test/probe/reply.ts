import type { Reply } from "../../src/probe/transport.ts";

/** A whole answer as the transport gives it, with whatever else a test is about. */
export function reply(
  status: number | undefined,
  headers: Readonly<Record<string, string>> = {},
  body = "",
  more: Partial<Reply> = {},
): Reply {
  return {
    end: "complete",
    status,
    headers: new Map(Object.entries(headers)),
    body,
    events: [],
    encoded: false,
    bytes: 100,
    tls: { mode: "none" },
    detail: undefined,
    ...more,
  };
}
