import type { Reporter } from "./reporter.ts";

export const json: Reporter = {
  render: (report) => `${JSON.stringify(report, null, 2)}\n`,
};
