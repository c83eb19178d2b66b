/** Where a text stops being a policy, and what would have let it go on. */
export interface SyntaxProblem {
  /** In UTF-16 code units from the start of the text, 0-based. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  readonly expected: string;
  readonly found: string;
}

export type Parsed<T> =
  | { readonly ok: true; readonly tree: T }
  | { readonly ok: false; readonly problem: SyntaxProblem };

export const verbs = ["inspect", "read", "use", "manage"] as const;
export type Verb = (typeof verbs)[number];

/** A group or dynamic group, by OCID or by name; without a domain the name is one of the Default domain. */
export type GroupRef =
  | { readonly kind: "group" | "dynamic-group"; readonly ocid: string }
  | {
      readonly kind: "group" | "dynamic-group";
      readonly name: string;
      readonly domain?: string;
    };

export type Subject =
  | { readonly kind: "any-user" | "any-group" }
  | { readonly kind: "refs"; readonly refs: readonly GroupRef[] }
  | { readonly kind: "service"; readonly names: readonly string[] }
  | { readonly kind: "resource"; readonly type: string; readonly names: readonly string[] };

export type Action =
  | {
      readonly kind: "verb";
      /** Lower case: one of the four verbs, or a word of a single service such as `associate`. */
      readonly verb: string;
      /** Lower case. */
      readonly resource: string;
    }
  | {
      readonly kind: "permissions";
      /** Upper case. */
      readonly permissions: readonly string[];
    };

export type Location =
  | { readonly kind: "tenancy" }
  | { readonly kind: "compartment"; readonly ocid: string }
  | { readonly kind: "compartment"; readonly path: readonly string[] };

/** A place of an `endorse` or `admit`, which may lie in another tenancy. */
export type Place =
  | Location
  | { readonly kind: "any-tenancy" }
  | { readonly kind: "tenancy"; readonly name: string }
  | { readonly kind: "compartment"; readonly path: readonly string[]; readonly of: string };

/** The other side of a pairing: `with local-peering-gateways in tenancy Acceptor`. */
export interface Counterpart {
  readonly resource: string;
  readonly place: Place;
}

export type Value =
  | { readonly kind: "text"; readonly text: string }
  /** Unquoted: a literal, or the name of another variable. */
  | { readonly kind: "word"; readonly text: string }
  /** `*` stands for any run of characters. */
  | { readonly kind: "pattern"; readonly glob: string };

export type Condition =
  | { readonly kind: "any" | "all"; readonly of: readonly Condition[] }
  | {
      readonly kind: "compare";
      readonly variable: string;
      readonly operator: "=" | "!=" | "before" | "after";
      readonly value: Value;
    }
  | {
      readonly kind: "in";
      readonly variable: string;
      readonly negated: boolean;
      readonly values: readonly Value[];
    }
  | {
      readonly kind: "between";
      readonly variable: string;
      readonly from: Value;
      readonly to: Value;
    }
  | { readonly kind: "present"; readonly variable: string; readonly negated: boolean }
  /** A clause that the grammar does not know: it may hold. */
  | { readonly kind: "unknown" };

export interface AccessStatement {
  readonly kind: "allow" | "deny";
  readonly subject: Subject;
  readonly action: Action;
  readonly location: Location;
  readonly where?: Condition;
}

export interface EndorseStatement {
  readonly kind: "endorse";
  readonly denies: boolean;
  readonly subject: Subject;
  readonly action: Action;
  readonly place: Place;
  readonly with?: Counterpart;
  readonly where?: Condition;
}

export interface AdmitStatement {
  readonly kind: "admit";
  readonly denies: boolean;
  readonly subject: Subject;
  /** The tenancy that the subject belongs to. */
  readonly of?:
    | { readonly kind: "any-tenancy" }
    | { readonly kind: "tenancy"; readonly name: string };
  readonly action: Action;
  readonly location: Location;
  readonly with?: Counterpart;
  readonly where?: Condition;
}

export const definable = ["tenancy", "group", "dynamic-group", "compartment", "service"] as const;

export interface DefineStatement {
  readonly kind: "define";
  readonly what: (typeof definable)[number];
  readonly name: string;
  readonly domain?: string;
  readonly ocid: string;
}

export type Statement = AccessStatement | EndorseStatement | AdmitStatement | DefineStatement;
