import type { TlsFacts } from "../model/server.ts";

/** Bytes that nobody asked for, an error, an end: whatever happens to an idle connection ends it. */
const signs = ["data", "end", "close", "error"] as const;
type Sign = (typeof signs)[number];

/** As much of a socket as waiting takes: only transport.ts knows sockets. */
export interface Waiting {
  readonly destroyed: boolean;
  destroy(): unknown;
  on(sign: Sign, listener: () => void): unknown;
  off(sign: Sign, listener: () => void): unknown;
}

/** A connection whose last exchange ended cleanly. */
export interface Idle<Socket extends Waiting> {
  readonly socket: Socket;
  readonly tls: TlsFacts;
}

/** At most one idle connection of one target; never shared between targets, modes or host names. */
export interface ParkedConnection<Socket extends Waiting> {
  /** The idle connection under this key; one under another key is closed. */
  take(key: string): Idle<Socket> | undefined;
  keep(key: string, idle: Idle<Socket>): void;
  close(): void;
}

export function parkConnection<Socket extends Waiting>(): ParkedConnection<Socket> {
  let parked:
    | { readonly key: string; readonly idle: Idle<Socket>; readonly end: () => void }
    | undefined;

  function take(key: string): Idle<Socket> | undefined {
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

  function keep(key: string, idle: Idle<Socket>): void {
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
