import type { ToolAccess, ToolEvidence } from "../model/tool.ts";
import type { ToolText } from "./tokens.ts";

/** What one rule says about a tool, and why. */
export interface AccessVerdict {
  readonly access: ToolAccess;
  readonly router: boolean;
  /** `weak`: no verb of the name told; the words of the description or nothing at all did. */
  readonly strength: "strong" | "weak";
  readonly evidence: ToolEvidence;
}

export type AccessRule = (text: ToolText) => AccessVerdict | undefined;

export function verdict(
  access: ToolAccess,
  field: ToolEvidence["field"],
  text: string,
  because: string,
  options: { router?: boolean; strength?: "strong" | "weak" } = {},
): AccessVerdict {
  const router = options.router ?? false;
  return {
    access,
    router,
    strength: options.strength ?? "strong",
    evidence: { verdict: router ? `${access}, router` : access, field, text, because },
  };
}
