import type { Control } from "../../model/finding.ts";
import type { Report } from "../../model/report.ts";

export interface ControlState {
  readonly framework: string;
  readonly version: string;
  readonly id: string;
  readonly state: "fail" | "pass" | "not assessed";
  /** Rules that decided it. */
  readonly rules: readonly string[];
}

interface Tally {
  readonly control: Control;
  readonly failed: Set<string>;
  readonly open: Set<string>;
  readonly asked: Set<string>;
}

/**
 * Every control that the rules of the run bear on. One passes only if nothing was left out: neither a call that failed nor a
 * service that this version does not ask about. Muted findings fail it all the same: the risk is accepted, not gone.
 */
export function controlStates(report: Report): ControlState[] {
  const tallies = new Map<string, Tally>();
  const tally = (control: Control): Tally => {
    const key = `${control.framework}\n${control.id}`;
    const found = tallies.get(key) ?? {
      control,
      failed: new Set<string>(),
      open: new Set<string>(),
      asked: new Set<string>(),
    };
    tallies.set(key, found);
    return found;
  };
  const open = new Set(report.unknowns.map(({ rule }) => rule));
  for (const { id, controls } of report.rules ?? []) {
    for (const control of controls) tally(control)[open.has(id) ? "open" : "asked"].add(id);
  }
  for (const { rule, controls } of report.findings)
    for (const control of controls) tally(control).failed.add(rule);
  return [...tallies.values()]
    .map((one) => stateOf(one, everythingRead(report)))
    .toSorted((a, b) => order(a).localeCompare(order(b), "en", { numeric: true }));
}

function everythingRead({ coverage, scopes }: Report): boolean {
  return coverage.complete && scopes.every(({ notAsked = [] }) => notAsked.length === 0);
}

function stateOf({ control, failed, open, asked }: Tally, complete: boolean): ControlState {
  const { framework, version, id } = control;
  const facts = { framework, version, id };
  if (failed.size > 0) return { ...facts, state: "fail", rules: [...failed].toSorted() };
  const unsure = open.size > 0 || !complete;
  const rules = [...(open.size > 0 ? open : asked)].toSorted();
  return { ...facts, state: unsure ? "not assessed" : "pass", rules };
}

export function frameworksOf(states: readonly ControlState[]): string[] {
  return [...new Set(states.map(({ framework }) => framework))];
}

function order({ framework, id }: ControlState): string {
  return `${framework} ${id}`;
}
