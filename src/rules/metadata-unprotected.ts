import type { MetadataService } from "../model/inventory.ts";
import { pathSteps, serverStep, toolSteps } from "./chain.ts";
import { fail } from "./doubts.ts";
import { guardMetadata } from "./remedies/metadata.ts";
import { pass } from "./rule.ts";
import type { WorkloadContext, WorkloadRule, Verdict } from "./rule.ts";
import { runsCode } from "./tool-facts.ts";
import { unread } from "./unread.ts";
import { unknown } from "./verdicts.ts";

export const metadataUnprotected: WorkloadRule = {
  id: "metadata-unprotected",
  about: "workload",
  title: "The metadata service gives credentials to whoever asks",
  risk: "One request that a tool, a redirect or a container can be led to make takes the credentials of the workload's identity away.",
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
    "https://docs.oracle.com/iaas/Content/Compute/Tasks/gettingmetadata.htm",
  ],
  rows: ["credentialExposure"],
  curedByDelegation: "no",
  controls: ["metadata", "secrets"],
  check,
  remedy: (context) => ({
    summary: `Demand session tokens from every caller of the metadata service of ${context.workload.name}.`,
    steps: guardMetadata(context),
  }),
};

function check(context: WorkloadContext): Verdict {
  const { described, workload, provider, exposures } = context;
  if (provider === "named" || workload.kind !== "instance") return pass;
  const service = described?.metadataService;
  if (!described || !service) return notRead(context);
  if (service.state === "off") return pass;
  const weak = weaknessOf(context, service);
  if (typeof weak !== "string") return weak;
  const { severity, uses, evidence } = usersOf(context);
  return fail({
    severity,
    assumptions: [],
    title: `The metadata service of ${workload.name} ${weak}${uses}`,
    evidence: [
      ...pathSteps(exposures[0]),
      ...evidence,
      {
        kind: "workload",
        id: workload.id,
        because: `Its metadata service ${weak}.`,
        source: service.source,
      },
    ],
  });
}

/** Only these clouds let the owner choose, so only there a missing answer leaves something open. */
function notRead({ provider, workload }: WorkloadContext): Verdict {
  return provider === "aws" || provider === "oci"
    ? unknown(`The metadata options of ${workload.name} were not read.`, "high")
    : pass;
}

/** What of the workload's texts tells that it runs containers. */
const containers =
  /\b(?:docker|podman|containerd|nerdctl|kubelet|kubeadm|k3s|minikube|ECS_CLUSTER|eks[-/](?:bootstrap|node))\b|\b(?:kubernetes\.io\/cluster|aws:eks:|eks:cluster-name|aws:ecs:)/i;

function weaknessOf(context: WorkloadContext, service: MetadataService): string | Verdict {
  const far = (service.hopLimit ?? 1) > 1;
  const shared = far && runsContainers(context);
  const reaches = `answers over ${service.hopLimit ?? 1} hops, so containers get its credentials`;
  if (service.legacy === "answered") {
    return `answers requests without a session token (IMDSv1)${shared ? ` and ${reaches}` : ""}`;
  }
  if (shared) return reaches;
  const gap = far ? unread(context, "user-data") : undefined;
  return gap
    ? unknown(
        `${gap}, so whether ${context.workload.name} runs containers, which its metadata service would answer over ${service.hopLimit ?? 1} hops, is open.`,
        "high",
      )
    : pass;
}

function runsContainers({ described }: WorkloadContext): boolean {
  if (!described) return false;
  const tags = Object.entries(described.tags).map(([key, value]) => `${key}=${value}`);
  return [...described.texts.map(({ text }) => text), ...tags].some((text) =>
    containers.test(text.slice(0, 262_144)),
  );
}

/** Tools through which a caller asks the metadata service. */
function usersOf({ serverOn }: WorkloadContext): {
  severity: "high" | "medium";
  uses: string;
  evidence: ReturnType<typeof pathSteps>;
} {
  const using = (serverOn?.endpoints ?? [])
    .map((endpoint) => ({
      endpoint,
      tools: endpoint.tools.filter((tool) => runsCode(tool) || tool.host.includes("fetches-urls")),
    }))
    .find(({ tools }) => tools.length > 0);
  if (!using) return { severity: "medium", uses: "", evidence: [] };
  const { endpoint, tools } = using;
  return {
    severity: "high",
    uses: tools.some(runsCode)
      ? "; its tools run code, so they read it, and the memory of the server's process as well"
      : "; its tools fetch any URL, this one too",
    evidence: [serverStep(endpoint), ...toolSteps(endpoint, tools)],
  };
}
