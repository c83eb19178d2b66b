import type { RemediationStep } from "../../model/finding.ts";
import type { Origin } from "../../model/provider.ts";
import { inOwnTools, type OwnTools } from "./own-tools.ts";
import { hcl, quote } from "./quote.ts";

interface Excess {
  readonly id: string;
  /** The statement that gives most, `<policy id>#<sid or index>`. */
  readonly statement: string;
  readonly policy: string;
}

/** Where `gcloud` keeps the policy of each kind of node. */
const gcloudGroups: Readonly<Record<string, string>> = {
  projects: "projects",
  folders: "resource-manager folders",
  organizations: "organizations",
};

const narrow: OwnTools<Excess> = {
  aws: ({ id, policy }) => {
    const [, name] = /#inline\/(.+)$/.exec(policy) ?? [];
    const [, kind = "role"] = /:(role|user)\//.exec(id) ?? [];
    const who = `--${kind}-name ${quote(lastPart(id))}`;
    return {
      cli:
        name === undefined
          ? `aws iam detach-${kind}-policy ${who} --policy-arn ${quote(policy)}`
          : `aws iam delete-${kind}-policy ${who} --policy-name ${quote(name)}`,
      iac: `aws_iam_role_policy for ${hcl(lastPart(id))}: only the actions its tools need, on named resources; replaces ${policy}`,
    };
  },
  azure: ({ id, policy }) => ({
    cli: policy.startsWith("/")
      ? `az role assignment delete --ids ${quote(policy)}`
      : `az role assignment delete --assignee ${quote(id)} --role ${quote(policy)}`,
    iac: `azurerm_role_assignment for ${hcl(id)}: scope = one resource, role_definition_name = a Reader or data-reader role; replaces ${policy}`,
  }),
  gcp: ({ id, policy }) => {
    // The allow policy is one document for all; the binding in it is told by its role.
    const [kind = "projects", name = "$PROJECT"] = policy.replace(/#.*$/, "").split("/");
    const where = gcloudGroups[kind] ?? "projects";
    const member = quote(`serviceAccount:${id}`);
    return {
      cli: `gcloud ${where} get-iam-policy ${quote(name)} --flatten 'bindings[].members' --filter ${quote(`bindings.members=serviceAccount:${id}`)} --format 'value(bindings.role)'; gcloud ${where} remove-iam-policy-binding ${quote(name)} --member ${member} --role "$ROLE" # each role listed that its tools do not need`,
      iac: `google_project_iam_member for ${hcl(id)}: role = a viewer role of one service, bound to one resource; replaces its bindings in ${policy}`,
    };
  },
  oci: ({ id, policy }) => ({
    cli: `oci iam policy update --policy-id ${quote(policy)} --statements file://statements.json --version-date "" # for ${quote(id)}`,
    iac: `oci_identity_policy for ${hcl(id)}: "allow dynamic-group ... to read ... in compartment ..." in place of ${policy}`,
  }),
};

/** Step 5: read instead of write, copies instead of originals. Names the statement that gives most. */
export function leastPrivilege(
  provider: Origin,
  id: string,
  statement: string | undefined,
): RemediationStep[] {
  const design: RemediationStep = {
    kind: "design",
    text: `Give ${id} only what the listed tools need: read instead of write, named resources instead of *, a copy of the data instead of the original.`,
  };
  if (statement === undefined) return [design];
  return [design, ...inOwnTools(narrow, provider, { id, statement, policy: policyOf(statement) })];
}

/** `<id>#inline/<name>#0` belongs to the policy `<id>#inline/<name>`. */
function policyOf(statement: string): string {
  const end = statement.lastIndexOf("#");
  return end <= 0 ? statement : statement.slice(0, end);
}

function lastPart(id: string): string {
  return id.split("/").at(-1) ?? id;
}
