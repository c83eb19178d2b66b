import { pathSteps } from "./chain.ts";
import { fail } from "./doubts.ts";
import { keptOf, logStep, type WantedLog } from "./logs.ts";
import { keepLogs, watch } from "./remedies/logging.ts";
import { pass } from "./rule.ts";
import type { ServerContext, ServerRule, Verdict } from "./rule.ts";
import { unknown } from "./verdicts.ts";

export const noAuditTrail: ServerRule = {
  id: "no-audit-trail",
  about: "server",
  title: "The way to an MCP server and what it does leave no trail",
  risk: "After an attack nobody can tell who came in, what they called and what they took.",
  references: [
    "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html",
    "https://docs.aws.amazon.com/prescriptive-guidance/latest/logging-monitoring-for-application-owners/welcome.html",
  ],
  rows: ["audit"],
  curedByDelegation: "no",
  controls: ["audit"],
  check,
  remedy: (context) => ({
    summary: `Keep every log of the way to ${context.workload.name}.`,
    steps: [
      ...keptOf(context, wantedOf(context)).off.flatMap(({ log }) => keepLogs(context, log)),
      ...watch(context),
    ],
  }),
};

function check(context: ServerContext): Verdict {
  const { provider, workload, exposures } = context;
  if (provider === "named") return pass;
  const { off, open } = keptOf(context, wantedOf(context));
  if (off.length === 0) return open.length > 0 ? unknown(open.join(" "), "medium") : pass;
  return fail({
    severity: "medium",
    assumptions: [],
    title: `${workload.name} has no ${off.map(({ log }) => log.name).join(", no ")}`,
    evidence: [...pathSteps(exposures[0]), ...off.map(({ found }) => logStep(found))],
  });
}

/** In the order of the way: the doors, the packets, then what the identity does in the cloud. */
function wantedOf(context: ServerContext): WantedLog[] {
  const { workload, scope, held, unreadLinks } = context;
  const acts = held.length > 0 || unreadLinks !== undefined;
  return [
    ...doorsOf(context).map((about): WantedLog => ({
      kind: "front-door",
      about,
      name: `access log of ${about}`,
    })),
    // What the platform runs has no interface of its own whose packets could be logged.
    ...(workload.kind === "instance" || workload.kind === "task"
      ? [{ kind: "flow", about: workload.id, name: "flow log" } as const]
      : []),
    { kind: "control-plane", about: scope, name: "log of control plane calls" },
    ...(acts
      ? [{ kind: "data-access", about: scope, name: "log of access to data" } as const]
      : []),
  ];
}

/** Balancers and edges on any way to the server's endpoints. */
function doorsOf({ server, exposures }: ServerContext): string[] {
  const used = new Set(server.endpoints.flatMap((endpoint) => endpoint.exposures));
  const hops = exposures.filter(({ id }) => used.has(id)).flatMap((exposure) => exposure.hops);
  const doors = hops.filter(({ kind }) => kind === "balancer" || kind === "edge");
  return [...new Set(doors.map(({ id }) => id))];
}
