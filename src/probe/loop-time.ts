/** How often the loop is looked at, in milliseconds; it is late when it comes back later than twice that. */
const beatMs = 25;

/** Something that is waited for: one beat serves all of them, because a timer for each costs more than the request. */
export interface Deadline {
  /** In `loopTime`. */
  due: number;
  readonly signal: AbortSignal | undefined;
  onDue(): void;
  onAbort(): void;
}

let holders = 0;
let beat: NodeJS.Timeout | undefined;
let last = 0;
let lost = 0;
const deadlines = new Set<Deadline>();

/**
 * Milliseconds that only grow and stand still while the event loop was kept from running: a deadline in them never
 * passes because this process, and not the peer, was late. Counts only while somebody holds it.
 */
export function loopTime(): number {
  const at = performance.now();
  if (holders > 0) look(at);
  return at - lost;
}

/** Keeps the loop under watch until the returned function is called. */
export function watchLoop(): () => void {
  hold();
  return drop;
}

/** Up to 25 ms late, never early, and only after what has arrived meanwhile was read. */
export function watchDeadline(deadline: Deadline): void {
  if (deadlines.has(deadline)) return;
  deadlines.add(deadline);
  hold();
}

export function dropDeadline(deadline: Deadline): void {
  if (deadlines.delete(deadline)) drop();
}

function hold(): void {
  holders += 1;
  if (beat !== undefined) return;
  last = performance.now();
  beat = setInterval(onBeat, beatMs).unref();
}

function drop(): void {
  holders -= 1;
  if (holders > 0) return;
  clearInterval(beat);
  beat = undefined;
}

function look(at: number): void {
  const late = at - last - beatMs;
  if (late > beatMs) lost += late;
  last = at;
}

function onBeat(): void {
  const at = loopTime();
  for (const { due, signal } of deadlines) {
    if (due > at && signal?.aborted !== true) continue;
    // Sockets are read between the timers and this.
    setImmediate(settleDue);
    return;
  }
}

function settleDue(): void {
  const at = loopTime();
  for (const deadline of deadlines) {
    if (deadline.signal?.aborted === true) {
      dropDeadline(deadline);
      deadline.onAbort();
    } else if (deadline.due <= at) {
      dropDeadline(deadline);
      deadline.onDue();
    }
  }
}
