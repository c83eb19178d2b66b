import type { EvidenceStep } from "../model/finding.ts";
import type { LogKind, LogSwitch } from "../model/logging.ts";
import type { ServerContext } from "./rule.ts";
import { unread } from "./unread.ts";

/** A log that the way to a server should leave. */
export interface WantedLog {
  readonly kind: LogKind;
  readonly about: string;
  /** In a title: `flow log`. */
  readonly name: string;
}

export interface Kept {
  readonly off: readonly { readonly log: WantedLog; readonly found: LogSwitch }[];
  /** Why the state of the others is open, a sentence each. */
  readonly open: readonly string[];
}

/** Sorts what is wanted by what was read about it; several switches of one log must all be on. */
export function keptOf(context: ServerContext, wanted: readonly WantedLog[]): Kept {
  const off: Kept["off"][number][] = [];
  const open: string[] = [];
  for (const log of wanted) {
    const found = context.logging.filter(
      ({ kind, about }) => kind === log.kind && about === log.about,
    );
    const missing = found.find(({ state }) => state === "off");
    const hidden = found.find(({ state }) => state === "unknown");
    if (missing) off.push({ log, found: missing });
    else if (hidden) open.push(hidden.because);
    else if (found.length === 0) open.push(untold(context, log));
  }
  return { off, open };
}

/** A provider may say of its whole scope why it tells nothing about a kind of log. */
function untold(context: ServerContext, log: WantedLog): string {
  const whole = context.logging.find(
    ({ kind, about, state }) => kind === log.kind && about === context.scope && state === "unknown",
  );
  return whole ? whole.because : notRead(context, log);
}

function notRead(context: ServerContext, { name }: WantedLog): string {
  const gap = unread(context, "logging");
  return gap ? `${gap}, so whether the ${name} is kept is open.` : `The ${name} was not read.`;
}

const steps: Readonly<Record<LogKind, EvidenceStep["kind"]>> = {
  "front-door": "balancer",
  flow: "workload",
  "control-plane": "resource",
  "data-access": "resource",
  detection: "resource",
};

export function logStep({ kind, about, because, source }: LogSwitch): EvidenceStep {
  return { kind: steps[kind], id: about, because, source };
}
