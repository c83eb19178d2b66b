import { pathSteps } from "./chain.ts";
import { fail, pathDoubts } from "./doubts.ts";
import { costOf, ownerOf } from "./owner.ts";
import { internetPath } from "./paths.ts";
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
    if (!path || ownerOf(tags) !== undefined || costOf(tags) !== undefined) return pass;
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
    steps: [
      { kind: "cli", text: tagCommand(context) },
      { kind: "iac", text: `tags = { owner = var.owner } # on ${context.workload.id}` },
    ],
  }),
};

function tagCommand({ provider, workload, exposures }: WorkloadContext): string {
  const id = quote(workload.id);
  const region = quote(exposures[0]?.region ?? "");
  return {
    aws: `aws ec2 create-tags --region ${region} --resources ${id} --tags Key=owner,Value="$OWNER"`,
    azure: `az tag update --resource-id ${id} --operation merge --tags owner="$OWNER"`,
    gcp: `gcloud compute instances add-labels ${quote(workload.name)} --labels owner="$OWNER"`,
    oci: `oci compute instance update --instance-id ${id} --freeform-tags '{"owner":"NAME"}'`,
  }[provider];
}
