import { pathSteps } from "./chain.ts";
import { fail, pathDoubts } from "./doubts.ts";
import { costOf, ownerOf } from "./owner.ts";
import { internetPath } from "./paths.ts";
import { inOwnTools, type OwnTools } from "./remedies/own-tools.ts";
import { quote } from "./remedies/quote.ts";
import { pass } from "./rule.ts";
import type { WorkloadContext, WorkloadRule } from "./rule.ts";

export const exposedUnowned: WorkloadRule = {
  id: "exposed-unowned",
  about: "workload",
  title: "Nobody is named as owner of an exposed workload",
  risk: "What nobody owns nobody closes, patches or answers for.",
  references: [],
  rows: ["audit"],
  curedByDelegation: "no",
  controls: ["audit"],
  check: (context) => {
    const path = internetPath(context);
    const { tags, name, id } = context.workload;
    // No tags were read of a named target, so nothing is known about its owner.
    if (context.provider === "named") return pass;
    const { tagKeys } = context;
    if (!path || ownerOf(tags, tagKeys) !== undefined || costOf(tags, tagKeys) !== undefined)
      return pass;
    return fail({
      severity: "low",
      assumptions: pathDoubts(path),
      title: `${name} is exposed and has neither an owner nor a cost tag`,
      evidence: [
        ...pathSteps(path),
        {
          kind: "workload",
          id,
          because: `Its tags are ${Object.keys(tags).toSorted().join(", ") || "empty"}.`,
          source: path.hops.findLast(({ kind }) => kind === "workload")?.source ?? {
            kind: "rule",
            id: "postern:tags",
          },
        },
      ],
    });
  },
  remedy: (context) => ({
    summary: `Name who answers for ${context.workload.name}.`,
    steps: inOwnTools(tagging, context.provider, context),
  }),
};

const tagging: OwnTools<WorkloadContext> = {
  aws: ({ workload, exposures }) => ({
    cli: `aws ec2 create-tags --region ${quote(exposures[0]?.region ?? "")} --resources ${quote(workload.id)} --tags Key=owner,Value="$OWNER"`,
    iac: ownerTag(workload),
  }),
  azure: ({ workload }) => ({
    cli: `az tag update --resource-id ${quote(workload.id)} --operation merge --tags owner="$OWNER"`,
    iac: ownerTag(workload),
  }),
  gcp: ({ workload }) => ({
    cli: `gcloud compute instances add-labels ${quote(workload.name)} --labels owner="$OWNER"`,
    iac: ownerTag(workload),
  }),
  oci: ({ workload }) => ({
    cli: `oci compute instance update --instance-id ${quote(workload.id)} --freeform-tags '{"owner":"NAME"}'`,
    iac: ownerTag(workload),
  }),
};

function ownerTag({ id }: WorkloadContext["workload"]): string {
  return `tags = { owner = var.owner } # on ${id}`;
}
