/** Sources an attribute may come from. https://learn.microsoft.com/azure/role-based-access-control/conditions-format */
export const attributeSources = ["principal", "request", "resource", "environment"] as const;
export type AttributeSource = (typeof attributeSources)[number];

/** How a list on the left is compared with a list on the right. */
export const quantifiers = [
  "foranyofanyvalues",
  "forallofanyvalues",
  "foranyofallvalues",
  "forallofallvalues",
] as const;
export type Quantifier = (typeof quantifiers)[number];

export interface Attribute {
  readonly source: AttributeSource;
  /** Without the brackets, as written. */
  readonly name: string;
}

export type Operand =
  | { readonly kind: "values"; readonly values: readonly string[] }
  | { readonly kind: "attribute"; readonly attribute: Attribute };

export type Condition =
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition[] }
  | { readonly kind: "not"; readonly part: Condition }
  | { readonly kind: "action" | "sub-operation"; readonly pattern: string }
  | { readonly kind: "exists"; readonly attribute: Attribute; readonly negated: boolean }
  | {
      readonly kind: "compare";
      readonly attribute: Attribute;
      readonly quantifier: Quantifier | undefined;
      /** Lower case. */
      readonly operator: string;
      readonly right: Operand;
    };

/** A condition outside the documented grammar, and where: a zero-based offset. */
export interface ConditionFault {
  readonly message: string;
  readonly position: number;
}
