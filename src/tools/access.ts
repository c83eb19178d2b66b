import type { ListedTool, ToolAccess, ToolEvidence } from "../model/tool.ts";
import { execRule, routerRule } from "./exec.ts";
import { operationRule } from "./operations.ts";
import { httpRule, queryRule } from "./queries.ts";
import type { ToolText } from "./tokens.ts";
import type { AccessRule, AccessVerdict } from "./verdict.ts";
import { verdict } from "./verdict.ts";
import { interfaceRule, nameRule, raiseBySentence, sentenceRule } from "./verbs.ts";

/** The first rule that knows decides. */
const rules: readonly AccessRule[] = [
  routerRule,
  queryRule,
  execRule,
  httpRule,
  interfaceRule,
  operationRule,
  nameRule,
  sentenceRule,
];

export interface AccessAnswer {
  readonly access: ToolAccess;
  readonly router: boolean;
  /** False when nothing told, and writing is only assumed. */
  readonly told: boolean;
  readonly evidence: readonly ToolEvidence[];
}

/** What a tool does to what it reaches. A tool that no rule knows counts as writing. */
export function accessOf(text: ToolText): AccessAnswer {
  const told = decide(text);
  const found = told ?? assumed(text);
  const raised = raiseByAnnotations(text.tool, raiseBySentence(text, found));
  const evidence = [...new Set([found.evidence, raised.evidence])];
  return { access: raised.access, router: raised.router, told: told !== undefined, evidence };
}

function decide(text: ToolText): AccessVerdict | undefined {
  for (const rule of rules) {
    const found = rule(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

function assumed({ tool }: ToolText): AccessVerdict {
  const because = "no word of it says what it does, so the worse is assumed";
  return verdict("write", "name", tool.name, because, { strength: "weak" });
}

/** Annotations are untrusted: they can make a verdict worse, never better. */
function raiseByAnnotations(tool: ListedTool, found: AccessVerdict): AccessVerdict {
  if (found.access !== "read") return found;
  const changes = tool.annotations.readOnlyHint === false;
  const destroys = tool.annotations.destructiveHint === true;
  if (changes && (destroys || found.strength === "weak")) {
    return verdict(
      "write",
      "annotation",
      "readOnlyHint: false",
      "the tool itself says that it changes something",
    );
  }
  return found;
}

/** Whether an annotation says less than what the tool does, which is only so where it is more than assumed. */
export function conflicts(
  tool: ListedTool,
  { access, told }: Pick<AccessAnswer, "access" | "told">,
): boolean {
  if (!told) return false;
  if (tool.annotations.readOnlyHint === true && access !== "read") return true;
  return (
    tool.annotations.destructiveHint === false && (access === "destructive" || access === "exec")
  );
}
