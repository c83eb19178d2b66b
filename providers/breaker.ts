/** Remembers which part of a region never answers, so that silence costs one deadline and not one for each call. */
export interface Breaker {
  isOpen(family: string): boolean;
  /** Something came back, be it an error. */
  answered(family: string): void;
  /** A deadline passed. True when another attempt is worth its wait. */
  mayRetry(family: string): boolean;
  /** All attempts of a call ended in silence. */
  gaveUp(family: string): void;
}

/** `perFamily`: each API family has its own endpoint (calls of the whole scope), so one family's silence says nothing of another. */
export function breaker(perFamily: boolean): Breaker {
  const heard = new Set<string>();
  const silent = new Set<string>();
  const everything = "*";
  const reach = (family: string): string => (perFamily ? family : everything);
  return {
    isOpen: (family) => silent.has(family) || silent.has(everything),
    answered(family) {
      heard.add(reach(family));
    },
    mayRetry: (family) => heard.has(reach(family)),
    gaveUp(family) {
      silent.add(heard.has(reach(family)) ? family : reach(family));
    },
  };
}
