import type { AuthGate } from "../../src/model/exposure.ts";
import type { Gate, Peer } from "../../src/model/network.ts";
import { sourceOf, type Node } from "../reader.ts";
import { closed } from "./legs.ts";
import { listGate } from "./landscape.ts";
import type { AzureNetwork } from "./network.ts";
import { policyElements, type PolicyElement } from "./policy-elements.ts";
import { cidrsOf } from "./prefixes.ts";

/** What the inbound policies of an API ask of its clients. */
export interface PolicyEffects {
  readonly authGate: AuthGate;
  readonly gates: readonly Gate[];
  readonly assumptions: readonly string[];
}

/**
 * Statements that turn requests away without a credential that somebody issued. A key or a header that is compared with
 * a value is a secret of the API's own. https://learn.microsoft.com/azure/api-management/api-management-policies
 */
const credentials: ReadonlyMap<string, AuthGate> = new Map([
  ["validate-jwt", "jwt"],
  ["validate-azure-ad-token", "jwt"],
  ["validate-client-certificate", "mtls"],
]);

/** Statements whose content does not bear on every request. */
const conditional: ReadonlySet<string> = new Set(["choose", "retry", "limit-concurrency"]);

interface Place {
  readonly network: AzureNetwork;
  readonly name: string;
  readonly node: Node;
}

/** Of the API's own document, or of the service's, which stands in for `base` and for a document that is missing. */
export function policyEffects(
  own: string | undefined,
  service: string | undefined,
  place: Place,
): PolicyEffects {
  const outer = service === undefined ? [] : inboundOf(service);
  const inner = own === undefined ? [base] : inboundOf(own);
  const steps = (inner ?? []).flatMap((each) => (isBase(each) ? (outer ?? []) : [each]));
  const named = steps.map(({ name }) => credentials.get(name)).find((gate) => gate !== undefined);
  const unclear = !inner || (!outer && inner.some(isBase));
  const because = `policies that bear on ${place.name} cannot be read: they are taken to ask for nothing`;
  return {
    authGate: named ?? "none",
    gates: steps.flatMap((step) => gatesOf(step, place)),
    assumptions: [
      ...(named === undefined ? assumptionsOf(steps, place.name) : []),
      ...(unclear ? [because] : []),
    ],
  };
}

/** Where the statements of the service go. */
const base: PolicyElement = { name: "base", attributes: {}, children: [], text: "" };

function isBase({ name }: PolicyElement): boolean {
  return name === base.name;
}

/** Statements that bear on every request, in their order; undefined where the document is none. */
function inboundOf(document: string): readonly PolicyElement[] | undefined {
  const [root] = policyElements(document) ?? [];
  return root && (root.children.find(({ name }) => name === "inbound")?.children ?? []);
}

function gatesOf(step: PolicyElement, { network, name, node }: Place): Gate[] {
  if (step.name === "return-response") {
    const because = `a policy of ${name} answers every request itself`;
    return [closed("LB_NO_LISTENER", name, because, node)];
  }
  if (step.name !== "ip-filter") return [];
  const allows = step.attributes["action"] === "allow";
  const facts = {
    id: `${name} ip-filter`,
    code: "LB_POLICY_DENY",
    denied: "LB_POLICY_DENY",
    otherwise: allows ? "deny" : "allow",
    node,
  } as const;
  return [
    listGate(network, facts, [
      {
        id: `${name}#ip-filter`,
        action: allows ? "allow" : "deny",
        peers: step.children.flatMap(peersOf),
        source: sourceOf(node),
      },
    ]),
  ];
}

/** An address, or a range by its ends; what an expression gives is not known. */
function peersOf({ name, text, attributes: { from = "", to = "" } }: PolicyElement): Peer[] {
  const said = name === "address-range" ? `${from}-${to}` : text.trim();
  const cidrs = cidrsOf(said);
  return cidrs
    ? cidrs.map((cidr) => ({ kind: "prefix", cidr }))
    : [{ kind: "unknown", because: `the addresses of ${said} are not in the policy` }];
}

/** What may hold a demand that is not seen, or not made of every request. */
function assumptionsOf(steps: readonly PolicyElement[], name: string): string[] {
  const asks = steps.some((step) => conditional.has(step.name) && holdsCredential(step));
  const fragments = steps.flatMap((step) =>
    step.name === "include-fragment" ? [step.attributes["fragment-id"] ?? "a fragment"] : [],
  );
  return [
    ...(asks
      ? [`${name} asks some requests for a credential: not all of them are taken to be`]
      : []),
    ...fragments.map(
      (each) => `the policy fragment ${each} of ${name} is taken to ask for nothing`,
    ),
  ];
}

function holdsCredential({ name, children }: PolicyElement): boolean {
  return credentials.has(name) || children.some(holdsCredential);
}
