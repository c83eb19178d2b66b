import type { Report } from "../model/report.ts";

export interface RenderOptions {
  /** Width of the terminal; 80 in a pipe. */
  readonly columns: number;
  readonly colour: boolean;
}

export interface Reporter {
  render(report: Report, options: RenderOptions): string;
}
