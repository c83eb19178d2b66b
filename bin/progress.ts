import process from "node:process";
import { clearLine, cursorTo } from "node:readline";
import { pino } from "pino";

export interface Progress {
  readonly report: (message: string) => void;
  readonly done: () => void;
}

/** One live line on a terminal; elsewhere at most a line every 10 s, so that logs of scheduled runs stay short. */
export function progress(options: { quiet: boolean; json: boolean }): Progress {
  if (options.quiet) return { report: nothing, done: nothing };
  if (options.json) {
    const log = pino({ name: "postern" }, pino.destination({ dest: 2, sync: true }));
    return { report: (message) => log.info(message), done: nothing };
  }
  if (process.stderr.isTTY) return live();
  let last = 0;
  return {
    report: (message) => {
      const now = Date.now();
      if (now - last < 10_000) return;
      last = now;
      process.stderr.write(`${message}\n`);
    },
    done: nothing,
  };
}

function nothing(): void {}

function clear(): void {
  cursorTo(process.stderr, 0);
  clearLine(process.stderr, 0);
}

function live(): Progress {
  return {
    report: (message) => {
      clear();
      process.stderr.write(message.slice(0, process.stderr.columns - 1));
    },
    done: clear,
  };
}
