import type { WireExchange } from "../model/server.ts";
import type { ProbeLimits } from "./limits.ts";

/** An exchange as it was, before placeholders and hashes; of the answer, status, telling headers and body. */
export interface WireText {
  readonly request: string;
  readonly response: string;
}

export interface ProbeOptions {
  readonly signal: AbortSignal;
  /** Honest and stable, names the tool. */
  readonly userAgent: string;
  /** Milliseconds that only grow; used for deadlines and durations, nothing else. */
  readonly now?: () => number;
  /** Sees the bytes of every request before they leave. */
  readonly onRequest?: (bytes: Uint8Array) => void;
  /** Each exchange when it has ended. */
  readonly transcript?: (exchange: WireExchange, text: WireText) => void;
  /** A server that refuses our Host header is asked once more as `localhost:PORT`; false leaves that out. */
  readonly hostRetry?: boolean;
  readonly limits?: Partial<ProbeLimits>;
}
