import type { Gate } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, listed, pagesOf, sourceOf, text, type Node } from "../reader.ts";
import { gapIn } from "./pages.ts";

const options = "ec2:DescribeVpcBlockPublicAccessOptions";
const exclusions = "ec2:DescribeVpcBlockPublicAccessExclusions";
const code = "PUBLIC_ACCESS_BLOCK";

/** An exclusion counts in these states: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcBlockPublicAccessExclusion.html */
const inForce: ReadonlySet<string> = new Set([
  "create-complete",
  "update-in-progress",
  "update-complete",
  "update-failed",
]);

/**
 * VPC block public access of the region: both blocking modes close what comes in; only an exclusion that allows both
 * directions opens it again. What comes through the `endpoint` of a firewall or a gateway balancer stays closed although
 * subnets are excluded. https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
 */
export function publicAccessGate(
  snapshot: Snapshot,
  subnet: string,
  vpc: string | undefined,
  near: Node,
  endpoint?: string,
): Gate {
  const { region } = near.page;
  const page = pagesOf(snapshot, options).find((each) => each.page.region === region);
  const setting = page && at(page, "VpcBlockPublicAccessOptions");
  const id = `block-public-access/${region}`;
  const unread = (limit: boolean, because: string): Gate => ({
    kind: "unread",
    limit,
    code,
    id,
    source: sourceOf(near),
    because,
  });
  if (!setting && gapIn(snapshot, options, {}, region))
    return unread(
      true,
      `${options} was not read: VPC block public access is taken to be off for ${subnet}`,
    );
  const mode = (setting && text(setting, "InternetGatewayBlockMode")) ?? "off";
  const base = { kind: "state", code, id, source: sourceOf(setting ?? near) } as const;
  if (mode === "off") return { ...base, open: true, because: "VPC block public access is off" };
  const exclusion = listed(snapshot, exclusions, "VpcBlockPublicAccessExclusions").find((each) =>
    excludes(each, endpoint === undefined ? [subnet, vpc] : [vpc]),
  );
  if (exclusion) {
    const rule = text(exclusion, "ExclusionId") ?? "exclusion";
    return {
      ...base,
      open: true,
      rule,
      source: sourceOf(exclusion),
      because: `${rule} excludes ${subnet} from VPC block public access`,
    };
  }
  if (gapIn(snapshot, exclusions, {}, region))
    return unread(
      false,
      `${exclusions} was not read: whether ${subnet} is excluded from VPC block public access is unknown`,
    );
  return {
    ...base,
    open: false,
    because: `VPC block public access (${mode}) closes ${endpoint ?? subnet} to the internet`,
  };
}

function excludes(exclusion: Node, places: readonly (string | undefined)[]): boolean {
  const resource = (text(exclusion, "ResourceArn") ?? "").split("/").at(-1);
  return (
    text(exclusion, "InternetGatewayExclusionMode") === "allow-bidirectional" &&
    inForce.has(text(exclusion, "State") ?? "create-complete") &&
    resource !== undefined &&
    places.includes(resource)
  );
}
