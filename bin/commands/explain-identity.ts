import process from "node:process";
import {
  buildEstate,
  judge,
  clean,
  estateFrom,
  openRecorded,
  PosternError,
  type Inventory,
  type ProviderAdapter,
} from "../../src/index.ts";
import type { Decision, Identity, IdentityReport } from "../../src/model/identity.ts";
import { allAdapters } from "../session.ts";
import type { ExplainRequest } from "./explain.ts";

/** `ID [ACTION [RESOURCE]]`: what an identity of the run may do, or whether it may do this. */
export async function explain(words: readonly string[], request: ExplainRequest): Promise<void> {
  const [wanted = "", action, resource = "*", ...rest] = words;
  if (wanted === "" || rest.length > 0)
    throw invalid(
      "postern explain identity needs an id",
      "Write: postern explain identity ID [ACTION [RESOURCE]].",
    );
  const adapters = await allAdapters();
  const { collected, report } = await openRecorded(request.run);
  const inventories = collected.flatMap((snapshot): Inventory[] => {
    const adapter = adapters.find(({ provider }) => provider === snapshot.provider);
    return adapter ? [adapter.normalise(snapshot)] : [];
  });
  const estate = buildEstate(inventories, report?.run.startedAt);
  const identity = pick([...estate.identities.values()], wanted, request.run);
  const adapter = adapters.find(({ provider }) => provider === identity.provider);
  if (!adapter) throw invalid(`No evaluator for ${identity.provider}`, "Update Postern.");
  const holders = inventories
    .flatMap(({ workloads }) => workloads)
    .filter(({ identities }) => identities.some(({ id }) => id === identity.id))
    .map(({ id }) => id)
    .toSorted();
  const answer =
    action === undefined
      ? judge(identity, holders, adapter.policy, estate)
      : decided(adapter, identity, [action, resource], estate);
  process.stdout.write(
    request.format === "json"
      ? `${JSON.stringify(answer, null, 2)}\n`
      : `${("power" in answer ? powerLines(answer) : decisionLines(identity, [action ?? "", resource], answer)).map(clean).join("\n")}\n`,
  );
}

function decided(
  { policy }: ProviderAdapter,
  identity: Identity,
  [action, resource]: readonly [string, string],
  estate: ReturnType<typeof buildEstate>,
): Decision {
  // One question is asked from where the identity is, as the search for ways does.
  return policy.decide(identity, action, resource, estateFrom(identity, estate));
}

/** By its id, its name, or the end of its id. */
function pick(identities: readonly Identity[], wanted: string, run: string): Identity {
  const exact = identities.filter(({ id, name }) => id === wanted || name === wanted);
  const found = exact.length > 0 ? exact : identities.filter(({ id }) => id.endsWith(wanted));
  const [identity, second] = found;
  if (identity && !second) return identity;
  throw invalid(
    identity
      ? `${found.length} identities of ${run} are called ${wanted}`
      : `${run} holds no identity ${wanted}`,
    "Name it by the id that the report shows.",
  );
}

function decisionLines(
  identity: Identity,
  [action, resource]: readonly [string, string],
  { verdict, because, statements, assumptions }: Decision,
): string[] {
  return [
    `${identity.id}: ${action} on ${resource}: ${verdict}`,
    `  because ${because}`,
    ...statements.map((statement) => `  decided by ${statement}`),
    ...assumptions.map((assumption) => `  assuming ${assumption}`),
  ];
}

function powerLines(report: IdentityReport): string[] {
  const { id, kind, provider, power, breadth, verdict, worst, best, workloads } = report;
  return [
    `${id} (${provider} ${kind}): ${power} at ${breadth}, ${verdict}${worst === best ? "" : `, between ${best} and ${worst}`}`,
    ...workloads.map((workload) => `  held by ${workload}`),
    ...report.because.map(
      ({ power: word, permission, statement, because }) =>
        `  ${word}: ${permission} by ${statement}: ${because}`,
    ),
    ...report.escalations.map((line) => `  way up: ${line}`),
    ...report.limits.map(
      ({ layer, id: limit, state, detail }) => `  limit ${layer} ${limit}, ${state}: ${detail}`,
    ),
    ...report.assumptions.map((assumption) => `  assuming ${assumption}`),
    ...report.grants.map(
      ({ access, family, action, resource, breadth: wide, verdict: sure, raw }) =>
        `  grant ${access} ${family}: ${action} on ${resource}, ${wide}, ${sure} by ${raw.join(", ")}`,
    ),
  ];
}

function invalid(message: string, hint: string): PosternError {
  return new PosternError("OPTION_INVALID", message, { hint });
}
