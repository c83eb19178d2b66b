/** What one target may cost. Times in milliseconds, sizes in bytes as received on the wire. */
export interface ProbeLimits {
  readonly requests: number;
  readonly recognitionMs: number;
  /** Deadline of the one further attempt at a platform that starts on demand. */
  readonly wakeMs: number;
  /** Pause before that attempt when a gateway answered in place of the platform. */
  readonly wakePauseMs: number;
  readonly listRequests: number;
  readonly enumerationMs: number;
  readonly probeBytes: number;
  readonly listBytes: number;
  readonly headerBytes: number;
  readonly connectMs: number;
  readonly headerMs: number;
  /** How long nothing at all may arrive before a page is asked for, which needs no program that is still starting. */
  readonly silentMs: number;
  /** A port that gives no page either for this long does not speak HTTP. */
  readonly pageMs: number;
  /** How long an event stream may take to name its endpoint. */
  readonly firstEventMs: number;
  readonly cleanupMs: number;
  readonly pages: number;
  readonly items: number;
}

export const probeLimits: ProbeLimits = {
  requests: 8,
  recognitionMs: 6000,
  wakeMs: 20_000,
  wakePauseMs: 4000,
  listRequests: 64,
  enumerationMs: 15_000,
  probeBytes: 256 * 1024,
  listBytes: 4 * 1024 * 1024,
  headerBytes: 16 * 1024,
  connectMs: 3000,
  headerMs: 3000,
  silentMs: 1600,
  pageMs: 400,
  firstEventMs: 2500,
  cleanupMs: 1000,
  pages: 20,
  items: 2000,
};

/** The limits of the attempt that waits for a sleeping platform. */
export function wakeLimits(limits: ProbeLimits): ProbeLimits {
  const { wakeMs } = limits;
  return {
    ...limits,
    recognitionMs: wakeMs,
    connectMs: wakeMs,
    headerMs: wakeMs,
    silentMs: wakeMs,
    firstEventMs: wakeMs,
  };
}
