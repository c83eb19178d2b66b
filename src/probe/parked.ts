/** As much of a connection as waiting takes: only connection.ts knows sockets. */
export interface Waiting {
  /** False once bytes that nobody asked for, an error or an end have ended it. */
  readonly usable: boolean;
  destroy(): void;
}

/** At most one idle connection of one target; never shared between targets, modes or host names. */
export interface ParkedConnection<Connection extends Waiting> {
  /** The idle connection under this key; one under another key is closed. */
  take(key: string): Connection | undefined;
  keep(key: string, idle: Connection): void;
  close(): void;
}

export function parkConnection<Connection extends Waiting>(): ParkedConnection<Connection> {
  let parked: Connection | undefined;
  let parkedKey = "";

  function close(): void {
    parked?.destroy();
    parked = undefined;
  }

  return {
    close,
    take(key) {
      const idle = parked;
      if (idle === undefined) return undefined;
      if (parkedKey !== key || !idle.usable) {
        close();
        return undefined;
      }
      parked = undefined;
      return idle;
    },
    keep(key, idle) {
      close();
      parked = idle;
      parkedKey = key;
    },
  };
}
