import { resourceOperations } from "./calls-resources.ts";
import { distinct, textIn, under, type CallRow } from "./calls-row.ts";

export const functionPolicy = "cloudfunctions.projects.locations.functions.getIamPolicy";

/** Who may call functions of the first generation; those of the second obey the policy of their service. */
export const functionCalls: readonly CallRow[] = [
  {
    operation: functionPolicy,
    service: "functions",
    permissions: ["cloudfunctions.functions.getIamPolicy"],
    affects: ["edges"],
    params: (recorded) =>
      distinct(
        under(recorded.bodies(resourceOperations.functions), "functions")
          .filter((each) => textIn(each, "environment") === "GEN_1" && !("eventTrigger" in each))
          .map((each) => ({ resource: textIn(each, "name") })),
      ),
    request: ({ params: { resource = "" } }) => ({
      path: `/v2/${resource}:getIamPolicy`,
      query: { "options.requestedPolicyVersion": 3 },
    }),
  },
];
