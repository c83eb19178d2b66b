/** How often the loop is looked at, in milliseconds; it is late when it comes back later than twice that. */
const beatMs = 25;

let holders = 0;
let beat: NodeJS.Timeout | undefined;
let last = 0;
let lost = 0;

/**
 * Milliseconds that only grow and stand still while the event loop was kept from running: a deadline in them never
 * passes because this process, and not the peer, was late. Counts only while somebody holds it.
 */
export function loopTime(): number {
  if (holders > 0) look();
  return performance.now() - lost;
}

/** Keeps the loop under watch until the returned function is called. */
export function watchLoop(): () => void {
  holders += 1;
  if (beat === undefined) {
    last = performance.now();
    beat = setInterval(look, beatMs).unref();
  }
  return () => {
    holders -= 1;
    if (holders > 0) return;
    clearInterval(beat);
    beat = undefined;
  };
}

function look(): void {
  const at = performance.now();
  const late = at - last - beatMs;
  if (late > beatMs) lost += late;
  last = at;
}
