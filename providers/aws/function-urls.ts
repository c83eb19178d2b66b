import type { Workload } from "../../src/model/inventory.ts";
import { ipFamilies, type IpFamily } from "../../src/model/exposure.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Approach } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { items, pagesOf, text, type Node } from "../reader.ts";
import { doorLeg, https, shut, toWorkload, type Door } from "./front-doors.ts";
import { gapIn, pagesBy } from "./pages.ts";
import { policyEffect, unreadPolicy, type PolicyEffect } from "./policy-gate.ts";
import {
  admitted,
  forSigned,
  parsePolicy,
  type Admitted,
  type Anonymous,
} from "./public-policy.ts";

/** A function that answers HTTP on a name of its own. */
export interface FunctionUrl {
  readonly workload: Workload;
  readonly host?: string;
  readonly auth: "NONE" | "AWS_IAM";
  readonly node: Node;
  /** Of the function or of the alias that the URL belongs to; undefined = it has none. */
  readonly policy?: JsonObject;
  /** Where the policy stands, or else the URL. */
  readonly near: Node;
  readonly policyUnread: boolean;
}

const policyCall = "lambda:GetPolicy";

export function functionUrls(snapshot: Snapshot, functions: readonly Workload[]): FunctionUrl[] {
  const policies = pagesBy(snapshot, policyCall, "FunctionName");
  // Each region has names of its own.
  const byName = new Map(
    functions.flatMap((each) =>
      [each.name, each.id].map((name) => [`${each.region} ${name}`, each] as const),
    ),
  );
  const pages = [
    ...pagesOf(snapshot, "lambda:GetFunctionUrlConfig").map((page) => ({ page, own: [page] })),
    ...pagesOf(snapshot, "lambda:ListFunctionUrlConfigs").map((page) => ({
      page,
      own: items(page, "FunctionUrlConfigs"),
    })),
  ];
  return pages.flatMap(({ page, own }) => {
    const name = page.page.params["FunctionName"];
    const workload =
      typeof name === "string" ? byName.get(`${page.page.region} ${name}`) : undefined;
    if (!workload) return [];
    const named = policies.get(workload.name) ?? [];
    return own.flatMap((node) => urlOf(node, workload, named, snapshot));
  });
}

function urlOf(
  node: Node,
  workload: Workload,
  policies: readonly Node[],
  snapshot: Snapshot,
): FunctionUrl[] {
  const auth = text(node, "AuthType");
  if (auth !== "NONE" && auth !== "AWS_IAM") return [];
  const host = text(node, "FunctionUrl")
    ?.replace(/^https:\/\//, "")
    .replace(/\/$/, "");
  const arn = text(node, "FunctionArn") ?? workload.id;
  const alias = arn.startsWith(`${workload.id}:`) ? arn.slice(workload.id.length + 1) : undefined;
  return [
    {
      workload,
      ...(host !== undefined && host !== "" && { host }),
      auth,
      node,
      near: node,
      ...policyOf(workload, alias, policies, snapshot),
    },
  ];
}

function policyOf(
  { name, region }: Workload,
  alias: string | undefined,
  policies: readonly Node[],
  snapshot: Snapshot,
): Pick<FunctionUrl, "policy" | "policyUnread"> & { readonly near?: Node } {
  const near = policies.find(
    ({ page }) => page.region === region && page.params["Qualifier"] === alias,
  );
  if (!near) {
    const asked = { FunctionName: name, ...(alias !== undefined && { Qualifier: alias }) };
    return { policyUnread: gapIn(snapshot, policyCall, asked, region) !== undefined };
  }
  const words = text(near, "Policy");
  const policy = parsePolicy(words);
  // What is there and cannot be understood is as good as unread.
  return policy
    ? { near, policy, policyUnread: false }
    : { near, policyUnread: words !== undefined };
}

const urlCalls = ["lambda:GetFunctionUrlConfig", "lambda:ListFunctionUrlConfigs"];

/** Functions of which nobody knows whether they have a URL. */
export function unreadUrls(snapshot: Snapshot, functions: readonly Workload[]): Approach[] {
  return functions.flatMap((workload) => {
    const { name, region, source } = workload;
    const call = urlCalls.find((each) => gapIn(snapshot, each, { FunctionName: name }, region));
    if (call === undefined) return [];
    const because = `${call} was not read: whether ${name} has a URL is unknown`;
    const code = "FRONTEND_DISABLED";
    const gate = { kind: "unread", limit: false, code, id: name, because, source } as const;
    return ipFamilies.map((family) =>
      toWorkload(
        {
          family,
          protocol: ["tcp"],
          via: ["lambda-url"],
          legs: [],
          entry: { hosts: [], paths: [], tls: "https" },
          entryPorts: https,
          authGate: "none",
          assumptions: [],
        },
        workload,
        443,
        [gate],
      ),
    );
  });
}

/** Function URLs answer over both families. https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html */
export function urlApproaches(url: FunctionUrl): Approach[] {
  return ipFamilies.map((family) => {
    const effect = urlEffect(url, family);
    const door: Door = {
      family,
      protocol: ["tcp"],
      via: ["lambda-url"],
      legs: [
        doorLeg(family, "lambda-url", url.node, effect.gates, `${url.workload.name} has a URL`),
      ],
      entry: {
        ...(url.host !== undefined && { address: url.host }),
        hosts: [],
        paths: [],
        tls: "https",
      },
      entryPorts: https,
      authGate: url.auth === "NONE" ? "none" : "iam",
      ...(effect.clients && { clients: effect.clients }),
      assumptions: effect.assumptions ?? [],
    };
    return toWorkload(door, url.workload, 443);
  });
}

/** What the function's policy makes of requests to the URL itself. */
export function urlEffect(url: FunctionUrl, family: IpFamily): UrlEffect {
  if (url.policyUnread) return unreadPolicy(policyCall, url.workload.name, url.node);
  return url.auth === "NONE" ? publicEffect(url, family) : signedEffect(url, family);
}

interface UrlEffect extends PolicyEffect {
  readonly assumptions?: readonly string[];
}

/** Made before this day, a URL may still live on the older permission alone. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
const bothSince = Date.UTC(2025, 9, 1);

function publicEffect(url: FunctionUrl, family: IpFamily): UrlEffect {
  const { workload, near, policy } = url;
  if (policy) return effectOf(policy, url, family);
  const because = `${workload.name} has no resource policy that admits the public`;
  return { gates: [shut("RESOURCE_POLICY_NOT_PUBLIC", workload.name, because, near)] };
}

/** Both permissions are asked, of an old URL perhaps the older one alone. */
function effectOf(
  policy: JsonObject,
  { workload, auth, node, near }: FunctionUrl,
  family: IpFamily,
): UrlEffect {
  const ask = (action: string): Admitted =>
    admitted(policy, { ...keysOf(auth), action, principal: "*" });
  const [older, newer] = [ask("lambda:InvokeFunctionUrl"), ask("lambda:InvokeFunction")];
  const strict = policyEffect([older, newer], family, workload.name, near);
  const closed = strict.gates.some((gate) => gate.kind === "state" && !gate.open);
  if (!closed || !madeBefore(node)) return strict;
  const lenient = policyEffect([older], family, workload.name, near);
  return {
    ...lenient,
    assumptions: [
      `${workload.name} admits lambda:InvokeFunctionUrl alone, which a URL made before October 2025 may still need only`,
    ],
  };
}

/** A signed request needs no resource policy within the account; only a deny for everyone closes the URL. */
function signedEffect(url: FunctionUrl, family: IpFamily): UrlEffect {
  return url.policy ? effectOf(forSigned(url.policy), url, family) : { gates: [] };
}

function keysOf(auth: string): Pick<Anonymous, "keys"> {
  return {
    keys: {
      "lambda:functionurlauthtype": auth,
      "lambda:invokedviafunctionurl": "true",
      "aws:securetransport": "true",
    },
  };
}

/** Whether the policy lets a distribution call the URL with its own signature, for which it needs what everyone needs. */
export function admitsDistribution(url: FunctionUrl, distribution: string): boolean | undefined {
  if (url.policyUnread) return undefined;
  const { policy: body } = url;
  if (!body) return false;
  const { keys } = keysOf("AWS_IAM");
  const ask = (action: string): boolean | undefined => {
    const answer = admitted(body, {
      action,
      principal: "cloudfront.amazonaws.com",
      keys: {
        ...keys,
        "aws:sourcearn": distribution,
        "aws:sourceaccount": distribution.split(":")[4] ?? "",
      },
    });
    const set = answer.least.ipv4.borders.length > 0;
    return set || (answer.most.ipv4.borders.length > 0 ? undefined : false);
  };
  const [older, newer] = [ask("lambda:InvokeFunctionUrl"), ask("lambda:InvokeFunction")];
  if (older === false || newer === true) return older;
  return newer === undefined || madeBefore(url.node) ? undefined : false;
}

function madeBefore(node: Node): boolean {
  return Date.parse(text(node, "CreationTime") ?? "") < bothSince;
}
