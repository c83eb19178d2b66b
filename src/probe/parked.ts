import type { Socket } from "node:net";
import type { TlsFacts } from "../model/server.ts";

/** A connection whose last exchange ended cleanly. */
export interface Idle {
  readonly socket: Socket;
  readonly tls: TlsFacts;
}

/** At most one idle connection of one target; never shared between targets, modes or host names. */
export interface ParkedConnection {
  /** The idle connection under this key; one under another key is closed. */
  take(key: string): Idle | undefined;
  keep(key: string, idle: Idle): void;
  close(): void;
}

export function parkConnection(): ParkedConnection {
  let parked: { readonly key: string; readonly idle: Idle; readonly end: () => void } | undefined;

  function take(key: string): Idle | undefined {
    if (parked === undefined) return undefined;
    const { idle, end } = parked;
    if (parked.key !== key || idle.socket.destroyed) {
      end();
      return undefined;
    }
    parked = undefined;
    for (const sign of signs) idle.socket.off(sign, end);
    return idle;
  }

  function keep(key: string, idle: Idle): void {
    parked?.end();
    const own = { key, idle, end };
    function end(): void {
      if (parked === own) parked = undefined;
      idle.socket.destroy();
    }
    for (const sign of signs) idle.socket.on(sign, end);
    parked = own;
  }

  return { take, keep, close: () => parked?.end() };
}

/** Bytes that nobody asked for, an error, an end: whatever happens to an idle connection ends it. */
const signs = ["data", "end", "close", "error"] as const;
