import type { AuthGate, TransportProtocol } from "../../src/model/exposure.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, number, text, texts, type Node } from "../reader.ts";
import { gapIn, pagesBy } from "./pages.ts";

/** A listener's answer to a request: forward to groups, or end there. */
export interface ListenerRule {
  readonly id: string;
  readonly authGate: AuthGate;
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  /** By target group ARN; weight 0 = taken out. */
  readonly forwards: readonly { readonly group: string; readonly weight: number }[];
  readonly conditions: readonly Node[];
  readonly node: Node;
}

export interface Listener {
  readonly arn: string;
  readonly port: number;
  readonly protocol: string;
  readonly transports: readonly TransportProtocol[];
  readonly tls: "http" | "https" | "unknown";
  readonly rules: readonly ListenerRule[];
  /** Rules could not be read: only the default action is known. */
  readonly assumption?: string;
  readonly node: Node;
}

const both: readonly TransportProtocol[] = ["tcp", "udp"];

const protocols: Readonly<Record<string, Pick<Listener, "transports" | "tls">>> = {
  HTTP: { transports: ["tcp"], tls: "http" },
  HTTPS: { transports: ["tcp"], tls: "https" },
  TCP: { transports: ["tcp"], tls: "unknown" },
  TLS: { transports: ["tcp"], tls: "https" },
  UDP: { transports: ["udp"], tls: "unknown" },
  TCP_UDP: { transports: both, tls: "unknown" },
  QUIC: { transports: ["udp"], tls: "https" },
  TCP_QUIC: { transports: both, tls: "unknown" },
};

/** The listeners of each balancer, by its ARN. */
export function listeners(snapshot: Snapshot): (balancer: string) => Listener[] {
  const pages = pagesBy(snapshot, "elbv2:DescribeListeners", "LoadBalancerArn");
  const rules = pagesBy(snapshot, "elbv2:DescribeRules", "ListenerArn");
  const dualstack = new Set(
    listed(snapshot, "elbv2:DescribeLoadBalancers", "LoadBalancers")
      .filter((each) => text(each, "IpAddressType") === "dualstack")
      .map((each) => text(each, "LoadBalancerArn")),
  );
  return (balancer) =>
    (pages.get(balancer) ?? [])
      .flatMap((page) => items(page, "Listeners"))
      .flatMap((node) => toListener(node, rules, snapshot, dualstack.has(balancer)));
}

function toListener(
  node: Node,
  rules: ReadonlyMap<string, Node[]>,
  snapshot: Snapshot,
  dual: boolean,
): Listener[] {
  const [arn, port] = [text(node, "ListenerArn"), number(node, "Port")];
  const protocol = text(node, "Protocol") ?? "";
  const kind = protocols[protocol];
  if (arn === undefined || port === undefined || !kind) return [];
  const call = "elbv2:DescribeRules";
  const own = (rules.get(arn) ?? []).flatMap((page) => items(page, "Rules"));
  const ruled = protocol === "HTTP" || protocol === "HTTPS" || dual;
  const unread = ruled && gapIn(snapshot, call, { ListenerArn: arn }, node.page.region);
  const mtls = mutual(node);
  const special = own.filter((rule) => text(rule, "Priority") !== "default");
  const ordered = special
    .toSorted((a, b) => (number(a, "Priority") ?? 0) - (number(b, "Priority") ?? 0))
    .map((rule) => toRule(text(rule, "RuleArn") ?? arn, rule, "Actions", mtls));
  const fallback = toRule(`${arn}/default`, node, "DefaultActions", mtls);
  return [
    {
      arn,
      port,
      protocol,
      ...kind,
      rules: [...ordered, fallback],
      ...(unread && {
        assumption: `${call} was not read: only ${own.length === 0 ? "the default action" : "some rules"} of ${arn} can be judged`,
      }),
      node,
    },
  ];
}

/** `passthrough` leaves the certificate to the target: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html */
function mutual(listener: Node): boolean {
  const setting = at(listener, "MutualAuthentication");
  return setting !== undefined && text(setting, "Mode") === "verify";
}

function toRule(id: string, node: Node, key: string, mtls: boolean): ListenerRule {
  const actions = items(node, key);
  const conditions = items(node, "Conditions");
  const gate = actions.map(authOf).find((each) => each !== "none");
  return {
    id,
    authGate: gate ?? (mtls ? "mtls" : "none"),
    hosts: conditionValues(conditions, "host-header", "HostHeaderConfig"),
    paths: conditionValues(conditions, "path-pattern", "PathPatternConfig"),
    forwards: actions.flatMap(forwardsOf),
    conditions,
    node,
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html */
function authOf(action: Node): AuthGate {
  const type = text(action, "Type") ?? "";
  if (type === "jwt-validation") return "jwt";
  if (type !== "authenticate-oidc" && type !== "authenticate-cognito") return "none";
  const config = at(
    action,
    type === "authenticate-oidc" ? "AuthenticateOidcConfig" : "AuthenticateCognitoConfig",
  );
  return config && text(config, "OnUnauthenticatedRequest") === "allow" ? "none" : "oidc";
}

function forwardsOf(action: Node): { group: string; weight: number }[] {
  if (text(action, "Type") !== "forward") return [];
  const config = at(action, "ForwardConfig");
  const groups = config ? items(config, "TargetGroups") : [];
  const single = text(action, "TargetGroupArn");
  if (groups.length === 0) return single === undefined ? [] : [{ group: single, weight: 1 }];
  return groups.flatMap((each) => {
    const group = text(each, "TargetGroupArn");
    return group === undefined ? [] : [{ group, weight: number(each, "Weight") ?? 1 }];
  });
}

/** Values of all conditions of one field, in the older or the newer member. */
export function conditionValues(
  conditions: readonly Node[],
  field: string,
  config: string,
): string[] {
  return conditions
    .filter((condition) => text(condition, "Field") === field)
    .flatMap((condition) => {
      const inner = at(condition, config);
      const own = inner ? texts(inner, "Values") : [];
      return own.length > 0 ? own : texts(condition, "Values");
    });
}
