import type { NeedsEvaluator, NeedsTable, ServiceNeeds } from "../../../src/model/needed.ts";
import { actionsMatching, cellsOf } from "./actions.ts";
import { overlaps } from "./match.ts";
import { products } from "./needed-products.ts";
import { proposalOf } from "./needed-policy.ts";
import { servicesWith } from "./needed-services.ts";

let table: NeedsTable | undefined;

/** Words that do what another word says, in the API's own naming. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  list: ["list", "describe", "get"],
  get: ["get", "describe"],
  describe: ["describe", "get"],
  create: ["create", "put", "run", "register"],
  launch: ["run"],
  update: ["update", "modify", "put"],
  modify: ["modify", "update"],
  delete: ["delete", "terminate", "deregister", "remove"],
  remove: ["remove", "delete"],
  terminate: ["terminate"],
};

/** What tools need of AWS. */
export const awsNeeds: NeedsEvaluator = {
  get table() {
    table ??= {
      products,
      services: servicesWith((pattern) => actionsMatching(pattern.toLowerCase()).length > 0),
      categories: {
        "cloud-data": ["dynamodb:Get*", "dynamodb:Query", "dynamodb:Scan", "s3:Get*", "s3:List*"],
        database: [
          "dynamodb:*Item",
          "dynamodb:Describe*",
          "dynamodb:List*",
          "dynamodb:Query",
          "dynamodb:Scan",
          "rds-data:*",
          "rds-db:connect",
          "rds:Describe*",
          "redshift-data:*",
          "secretsmanager:GetSecretValue",
        ],
        secrets: ["secretsmanager:Describe*", "secretsmanager:Get*", "secretsmanager:List*"],
        kubernetes: ["eks:Describe*", "eks:List*"],
        monitoring: ["cloudwatch:Describe*", "cloudwatch:Get*", "cloudwatch:List*", "logs:Get*"],
      },
    };
    return table;
  },
  exact,
  kinds: (action) => cellsOf(actionsMatching(action.toLowerCase())),
  touches: (granted, needed) =>
    granted.startsWith("not ")
      ? !covered(granted, needed)
      : overlaps(granted.toLowerCase(), needed.toLowerCase()),
  propose: proposalOf,
};

/** The text that stands for a `NotAction`: everything but what it names. */
function covered(granted: string, needed: string): boolean {
  return granted
    .slice("not ".length)
    .split(", ")
    .some((pattern) => pattern.toLowerCase() === needed.toLowerCase() || pattern === "*");
}

/** `create_topic` of a server for SNS is sns:CreateTopic. */
function exact(words: readonly string[], services: readonly ServiceNeeds[]): readonly string[] {
  const [verb = "", ...rest] = words.filter(
    (word) => !services.some(({ name }) => name === word) && !generic.has(word),
  );
  const noun = rest.map(capital).join("");
  return services.flatMap(({ verbs }) => {
    const prefixes = new Set(
      Object.values(verbs).flatMap((list) => list.map((one) => one.slice(0, one.indexOf(":")))),
    );
    return [...prefixes].flatMap((prefix) =>
      (synonyms[verb] ?? [verb]).flatMap((each) =>
        [noun, `${noun}s`, noun.replace(/s$/, "")]
          .map((name) => `${prefix}:${capital(each)}${name}`)
          .filter((action) => !/[*?]/.test(action))
          .filter((action) => actionsMatching(action.toLowerCase()).length > 0)
          .filter((action, at, all) => all.indexOf(action) === at),
      ),
    );
  });
}

const generic: ReadonlySet<string> = new Set(["aws", "amazon", "tool", "the", "a", "all"]);

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
