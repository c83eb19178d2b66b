import process from "node:process";
import { clearLine, cursorTo } from "node:readline";

export interface Progress {
  readonly report: (message: string) => void;
  readonly done: () => void;
}

/** One live line on a terminal; elsewhere at most a line every 10 s, so that logs of scheduled runs stay short. */
export function progress(options: { quiet: boolean; json: boolean }): Progress {
  if (options.quiet) return { report: () => {}, done: () => {} };
  if (options.json)
    return {
      report: (message) => line(JSON.stringify({ level: "info", message })),
      done: () => {},
    };
  if (process.stderr.isTTY) return live();
  let last = 0;
  return {
    report: (message) => {
      const now = Date.now();
      if (now - last < 10_000) return;
      last = now;
      line(message);
    },
    done: () => {},
  };
}

function live(): Progress {
  return {
    report: (message) => {
      cursorTo(process.stderr, 0);
      clearLine(process.stderr, 0);
      process.stderr.write(message.slice(0, (process.stderr.columns ?? 80) - 1));
    },
    done: () => {
      cursorTo(process.stderr, 0);
      clearLine(process.stderr, 0);
    },
  };
}

function line(message: string): void {
  process.stderr.write(`${message}\n`);
}
