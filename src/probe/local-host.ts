import { spent, type Line } from "./line.ts";

export const unknownHost = "The server does not know the host name it was asked by";

/**
 * A server that only checks the host name answers whoever says localhost. Makes the line say so from now on and returns
 * what undoes it; undefined when that must not be tried, or was.
 */
export function sayLocalhost(line: Line): (() => void) | undefined {
  if (line.options.hostRetry === false || line.hostCheck || spent(line)) return undefined;
  const { host } = line;
  line.host = `localhost:${line.target.port}`;
  line.hostCheck = true;
  return () => {
    line.host = host;
    line.hostCheck = false;
  };
}
