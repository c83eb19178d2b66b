/** `unavailable` may be a connection that never came about; it fails fast, so the next call still gets one attempt. */
export type Unanswered = "timeout" | "unavailable";

/** Remembers which part of a region never answers, so that silence costs one deadline and not one for each call. */
export interface Breaker {
  isOpen(family: string): boolean;
  /** Something came back, be it an error. */
  answered(family: string): void;
  /** Nothing useful came back. True when another attempt is worth its wait. */
  mayRetry(family: string, reason: Unanswered): boolean;
  /** All attempts of a call failed. */
  gaveUp(family: string, reason: Unanswered): void;
}

/** `perFamily`: each API family has its own endpoint (calls of the whole scope), so one family's silence says nothing of another. */
export function breaker(perFamily: boolean): Breaker {
  const heard = new Set<string>();
  const silent = new Set<string>();
  const doubted = new Set<string>();
  const everything = "*";
  const reach = (family: string): string => (perFamily ? family : everything);
  return {
    isOpen: (family) => silent.has(family) || silent.has(everything),
    answered(family) {
      heard.add(reach(family));
    },
    mayRetry: (family, reason) =>
      heard.has(reach(family)) || (reason === "unavailable" && !doubted.has(reach(family))),
    gaveUp(family, reason) {
      if (reason === "unavailable") doubted.add(reach(family));
      else silent.add(heard.has(reach(family)) ? family : reach(family));
    },
  };
}
