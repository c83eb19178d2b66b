import type { Report } from "../model/report.ts";

export interface RenderOptions {
  /** Width of the terminal; 80 in a pipe. */
  readonly columns: number;
  readonly colour: boolean;
  /** Terminal only: also count findings by this. */
  readonly groupBy?: string;
}

export interface Reporter {
  render(report: Report, options: RenderOptions): string;
}
