/** What a bench measured. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  /** Begins with `CPU` or ends with `/CPU s`: the limit is scaled to the speed of the machine. */
  readonly unit: string;
  readonly limit: number;
  readonly better: "lower" | "higher";
  /** Number of samples, of which `value` is the median. */
  readonly n: number;
  /** Difference of the quartiles, in `unit`. */
  readonly spread: number;
  /** Why it was not measured; the rest says nothing then. */
  readonly skipped?: string;
}

export interface Row extends Measurement {
  readonly ok: boolean;
}

export interface Bench {
  rows(): Promise<readonly Measurement[]>;
}

/** `calibration`: CPU time of this machine as a multiple of the reference machine's. */
export function judged(measurement: Measurement, calibration: number): Row {
  const limit = round(measurement.limit * scaleOf(measurement, calibration));
  const { value, better, skipped } = measurement;
  const ok = skipped !== undefined || (better === "lower" ? value <= limit : value >= limit);
  return { ...measurement, value: round(value), spread: round(measurement.spread), limit, ok };
}

function scaleOf({ unit }: Measurement, calibration: number): number {
  if (unit.startsWith("CPU")) return calibration;
  return unit.endsWith("/CPU s") ? 1 / calibration : 1;
}

/** Median and spread of samples in any order. */
export function summary(samples: readonly number[]): Pick<Measurement, "value" | "n" | "spread"> {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  return { value: at(0.5), n: sorted.length, spread: at(0.75) - at(0.25) };
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}
