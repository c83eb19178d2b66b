import type { LogSwitch } from "../../src/model/logging.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import { missingIn, pagesBy } from "./pages.ts";

const trailsCall = "cloudtrail:DescribeTrails";
const statusCall = "cloudtrail:GetTrailStatus";
const selectorsCall = "cloudtrail:GetEventSelectors";

type Extent = "all" | "some" | "none" | "unread";

/** What one trail records, and whether it does so now. */
interface Trail {
  readonly node: Node;
  readonly name: string;
  readonly logs: boolean | undefined;
  readonly management: Extent;
  readonly data: Extent;
}

/** What CloudTrail keeps beyond its event history of 90 days: calls that change something, and access to data. */
export function trailSwitches(snapshot: Snapshot, region: string): LogSwitch[] {
  const list = pagesOf(snapshot, trailsCall).find(({ page }) => page.region === region);
  const base = { about: snapshot.scope.id, region } as const;
  const missing = missingIn(snapshot, trailsCall, {}, region);
  if (missing !== undefined || !list) {
    const open = {
      ...base,
      state: "unknown",
      because: missing ?? trailsCall,
      source: { kind: "rule", id: "aws:logging" },
    } as const;
    return [
      { ...open, kind: "control-plane" },
      { ...open, kind: "data-access" },
    ];
  }
  const trails = items(list, "trailList").flatMap((node) => trailOf(snapshot, node, region));
  return [
    { ...base, kind: "control-plane", ...told(trails, "management", "management events", list) },
    { ...base, kind: "data-access", ...told(trails, "data", "data events", list) },
  ];
}

function told(
  trails: readonly Trail[],
  part: "management" | "data",
  what: string,
  list: Node,
): Pick<LogSwitch, "state" | "because" | "source"> {
  const active = trails.filter(({ logs }) => logs === true);
  const whole = active.find((trail) => trail[part] === "all");
  if (whole) {
    const because = `The trail ${whole.name} records all ${what}.`;
    return { state: "on", because, source: sourceOf(whole.node) };
  }
  const open = trails.find((trail) => trail.logs === undefined);
  if (open) return unread(`${statusCall} of ${open.name} was not read.`, open);
  const hidden = active.find((trail) => trail[part] === "unread");
  if (hidden) return unread(`${selectorsCall} of ${hidden.name} was not read.`, hidden);
  const some = active.find((trail) => trail[part] === "some");
  if (some) return unread(`The trail ${some.name} records only some ${what}.`, some);
  return { state: "off", because: `No active trail records ${what}.`, source: sourceOf(list) };
}

function unread(because: string, { node }: Trail): Pick<LogSwitch, "state" | "because" | "source"> {
  return { state: "unknown", because, source: sourceOf(node) };
}

/** A trail of one region says nothing about another one. */
function trailOf(snapshot: Snapshot, node: Node, region: string): Trail[] {
  const arn = text(node, "TrailARN");
  const name = text(node, "Name") ?? arn;
  const everywhere = flag(node, "IsMultiRegionTrail") === true;
  if (arn === undefined || name === undefined) return [];
  if (!everywhere && text(node, "HomeRegion") !== region) return [];
  const status = own(snapshot, statusCall, "Name", arn, region);
  const selectors = own(snapshot, selectorsCall, "TrailName", arn, region);
  return [
    {
      node,
      name,
      logs: status && flag(status, "IsLogging"),
      management: selectors ? extentOf(selectors, management) : "unread",
      data: selectors ? extentOf(selectors, data) : "unread",
    },
  ];
}

function own(
  snapshot: Snapshot,
  call: string,
  param: string,
  arn: string,
  region: string,
): Node | undefined {
  return pagesBy(snapshot, call, param)
    .get(arn)
    ?.find(({ page }) => page.region === region);
}

interface Wanted {
  readonly category: string;
  readonly classic: (selector: Node) => Extent;
}

/** A selector that leaves writes out does not show who changed something. */
const management: Wanted = {
  category: "Management",
  classic: (selector) =>
    flag(selector, "IncludeManagementEvents") !== true
      ? "none"
      : text(selector, "ReadWriteType") === "ReadOnly"
        ? "some"
        : "all",
};

/** `arn:aws:s3` and `arn:aws:lambda` stand for every bucket and function. */
const data: Wanted = {
  category: "Data",
  classic: (selector) => {
    const values = items(selector, "DataResources").flatMap((one) => texts(one, "Values"));
    if (values.length === 0) return "none";
    const whole = values.some((value) => /^arn:[\w-]+:s3(?::::?)?\/?$/.test(value));
    return whole && text(selector, "ReadWriteType") !== "WriteOnly" ? "all" : "some";
  },
};

function extentOf(selectors: Node, { category, classic }: Wanted): Extent {
  const found = new Set([
    ...items(selectors, "EventSelectors").map(classic),
    ...items(selectors, "AdvancedEventSelectors").map((one) => advanced(one, category)),
  ]);
  if (found.has("all")) return "all";
  return found.has("some") ? "some" : "none";
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html */
function advanced(selector: Node, category: string): Extent {
  const fields = items(selector, "FieldSelectors");
  const chosen = fields.some(
    (field) =>
      text(field, "Field") === "eventCategory" && texts(field, "Equals").includes(category),
  );
  if (!chosen) return "none";
  const narrowing = fields.filter((field) => {
    const name = text(field, "Field");
    if (name === "eventCategory") return false;
    return !(
      name === "resources.type" &&
      at(field, "Equals") &&
      texts(field, "Equals").includes("AWS::S3::Object")
    );
  });
  return narrowing.length === 0 ? "all" : "some";
}
