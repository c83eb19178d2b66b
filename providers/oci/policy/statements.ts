import { parseStatement } from "./parser.ts";
import type { Statement, SyntaxProblem } from "./tree.ts";
import type { OciWorld, PolicyText } from "./world.ts";

export interface Attached {
  readonly statement: Statement;
  readonly attachedTo: string;
  /** `<policy id>#<index>`. */
  readonly ref: string;
}

/** A text that is no statement, or whose condition is none; Oracle refuses to store such a one. */
export interface Flaw {
  readonly policy: PolicyText;
  readonly problem: SyntaxProblem;
}

export interface Statements {
  readonly all: readonly Attached[];
  readonly flaws: readonly Flaw[];
}

/** A statement whose condition does not parse is kept: it may hold. */
export function statementsOf(world: OciWorld): Statements {
  const all: Attached[] = [];
  const flaws: Flaw[] = [];
  for (const policy of world.policies) {
    const parsed = parseStatement(policy.statement);
    if (!parsed.ok) flaws.push({ policy, problem: parsed.problem });
    const statement = parsed.ok ? parsed.tree : withUnknownCondition(policy.statement);
    if (statement) {
      all.push({ statement, attachedTo: policy.attachedTo, ref: policy.ref ?? "" });
    }
  }
  return { all, flaws };
}

function withUnknownCondition(text: string): Statement | undefined {
  const at = text.search(/\swhere\s/i);
  const head = at === -1 ? undefined : parseStatement(text.slice(0, at));
  return head?.ok === true && head.tree.kind !== "define"
    ? { ...head.tree, where: { kind: "unknown" } }
    : undefined;
}
