import { objectOf } from "../../src/conformance/read-json.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { collectFrom, toldGaps, type ToldGap } from "../collect-from.ts";
import { withEnvironment } from "../with-environment.ts";
import type { Fault } from "./faults.ts";
import { startAwsMock, type AwsConfig } from "./index.ts";
import { serviceNames } from "./schema.ts";

const account = "111122223333";

/** How the mock makes a call unreadable for the reason that a scenario gives. */
const faultFor: Readonly<Record<string, Pick<Fault, "kind" | "code">>> = {
  denied: { kind: "deny" },
  throttled: { kind: "throttle" },
  timeout: { kind: "hang" },
  unavailable: { kind: "error", code: "OptInRequired" },
  unsupported: { kind: "error", code: "InvalidAction" },
};

/** The environment's own credentials never reach a mock. */
const exampleCredentials = {
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "example",
  AWS_PROFILE: undefined,
  AWS_SESSION_TOKEN: undefined,
} as const;

/** Serves a labelled case in AWS's wire format and reads it with the real SDK, as an audit would. */
export async function collectScenario(scenario: JsonObject): Promise<Snapshot> {
  const config = configOf(scenario["config"]);
  const region = /"AvailabilityZone":"([a-z]+(?:-[a-z]+)+-\d+)/.exec(JSON.stringify(config))?.[1];
  const world = { account, regions: { [region ?? "us-east-1"]: config } };
  const mock = await startAwsMock(world, { faults: toldGaps(scenario).flatMap(faultOf) });
  const restore = withEnvironment(exampleCredentials);
  try {
    return await collectFrom("aws", mock.url);
  } finally {
    restore();
    await mock.close();
  }
}

function faultOf({ call, reason, params }: ToldGap): Fault[] {
  const [prefix, action] = call.split(":");
  const service = serviceNames.find((name) => name === prefix);
  if (service === undefined || action === undefined) return [];
  const asked = action === "GetFunctionUrlConfig" ? "ListFunctionUrlConfigs" : action;
  const fault = faultFor[reason] ?? { kind: "deny" };
  return [{ ...fault, service, action: asked, params }];
}

function configOf(config: Json | undefined): AwsConfig {
  const given = objectOf(config);
  return Object.fromEntries(
    serviceNames
      .filter((name) => Object.hasOwn(given, name))
      .map((name) => [name, definedIn(objectOf(given[name]))]),
  );
}

function definedIn(commands: JsonObject): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(commands).flatMap(([command, output]): [string, Json][] =>
      output === undefined ? [] : [[command, output]],
    ),
  );
}
