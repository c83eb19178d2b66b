import { describe, expect, test } from "vitest";
import { gcpPolicy } from "../../providers/gcp/policy/index.ts";
import { normalise } from "../../providers/oci/normalise.ts";
import { ociPolicy } from "../../providers/oci/policy/index.ts";
import { ociScenario } from "../../src/conformance/scenario-oci.ts";
import { buildEstate } from "../../src/estate.ts";
import type { EstateIndex } from "../../src/model/estate.ts";
import type { Identity } from "../../src/model/identity.ts";
import type { PolicyEvaluator } from "../../src/model/policy.ts";
import { judge } from "../../src/permissions/power.ts";
import { azurePolicy } from "../../providers/azure/policy/index.ts";
import { assign, estateOf, rolesKnown } from "./azure/identity-case.ts";
import { hasCatalogue, landOf } from "./gcp-policy/estate.ts";
import { configFor, instanceOf } from "./oci/identity.ts";

const azureRoles = [
  "Owner",
  "User Access Administrator",
  "Role Based Access Control Administrator",
  "Contributor",
  "Reader",
  "Virtual Machine Contributor",
  "Virtual Machine Administrator Login",
  "Network Contributor",
  "Storage Account Contributor",
  "Storage Blob Data Owner",
  "Storage Blob Data Reader",
  "Key Vault Administrator",
  "Key Vault Secrets User",
  "Key Vault Reader",
  "Managed Identity Operator",
  "SQL DB Contributor",
  "Website Contributor",
  "Azure Kubernetes Service RBAC Cluster Admin",
  "AcrPull",
  "Monitoring Reader",
];

const gcpRoles = [
  "owner",
  "editor",
  "viewer",
  "browser",
  "resourcemanager.projectIamAdmin",
  "iam.securityAdmin",
  "iam.securityReviewer",
  "iam.serviceAccountTokenCreator",
  "iam.serviceAccountUser",
  "iam.serviceAccountKeyAdmin",
  "compute.admin",
  "compute.viewer",
  "run.developer",
  "cloudfunctions.developer",
  "storage.admin",
  "storage.objectViewer",
  "secretmanager.secretAccessor",
  "bigquery.dataViewer",
  "cloudkms.admin",
  "logging.logWriter",
].map((name) => `roles/${name}`);

/** OCI has no roles: the statements of its common policies stand for them. */
const ociGrants = [
  "manage all-resources in tenancy",
  "manage policies in tenancy",
  "use all-resources in tenancy",
  "read all-resources in tenancy",
  "inspect all-resources in tenancy",
  "manage all-resources in compartment web",
  "manage users in tenancy",
  "use groups in tenancy",
  "manage dynamic-groups in tenancy",
  "manage virtual-network-family in tenancy",
  "manage instance-family in tenancy",
  "manage instance-family in compartment web",
  "use instance-agent-command-family in tenancy",
  "manage object-family in tenancy",
  "read objects in tenancy",
  "manage volume-family in tenancy",
  "manage database-family in tenancy",
  "read secret-bundles in tenancy",
  "use keys in tenancy",
  "read metrics in tenancy",
];

type Cells = readonly [power: string, breadth: string];

/** Without hops, so that nothing depends on who else exists. */
function wordOf(identity: Identity, evaluator: PolicyEvaluator, estate: EstateIndex): Cells {
  const alone = { ...evaluator, hops: () => [] };
  const { power, breadth, verdict } = judge(identity, [], alone, estate);
  if (power === "none") return [power, ""];
  return [verdict === "yes" ? power : `${power} (maybe)`, breadth];
}

function ofAzure(role: string): Cells {
  const { start, estate } = estateOf({ assignments: [assign(role)] });
  return wordOf(start, azurePolicy, estate);
}

function ofGcp(role: string): Cells {
  const { identity, estate } = landOf({ bindings: [{ role }] });
  return wordOf(identity, gcpPolicy, estate);
}

function ofOci(grant: string): Cells {
  const compartment = {
    id: "ocid1.compartment.oc1..web",
    name: "web",
    compartmentId: "ocid1.tenancy.oc1..local",
  };
  const config = configFor({
    statements: [`Allow dynamic-group web-dg to ${grant}`],
    compartments: ["web"],
    identity: { compartments: [compartment] },
  });
  const estate = buildEstate([normalise(ociScenario({ config }))]);
  return wordOf(estate.identities.get(instanceOf("web"))!, ociPolicy, estate);
}

function table(heading: string, names: readonly string[], judged: typeof ofAzure): string {
  const rows = [
    [heading, "Power", "Breadth"],
    ...names.map((name) => [`\`${name}\``, ...judged(name)]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

const intro = `# What well-known roles amount to

One word for the power of an identity that holds nothing but this role, at the subscription, the project or the place
that the statement names. The words are those of every report, strongest first: \`admin\`, \`broad\`, \`reads-sensitive\`,
\`manages\`, \`reads\`, \`none\`. \`escalates\` is missing here on purpose: it depends on which stronger identities exist, so
only an audit can give it.

A test writes this page from the providers' role definitions, and fails when a word changes.
`;

const known = rolesKnown && hasCatalogue;

describe.skipIf(!known)(
  `the page of well-known roles${known ? "" : " (SKIPPED: no ../shared/catalogues)"}`,
  () => {
    test("says what the evaluators say", async () => {
      const parts = [
        intro,
        "## Azure, on a subscription\n",
        `${table("Role", azureRoles, ofAzure)}\n`,
        "## Google Cloud, on a project\n",
        `${table("Role", gcpRoles, ofGcp)}\n`,
        "## OCI, for a dynamic group\n",
        `${table("Statement", ociGrants, ofOci)}\n`,
      ];
      await expect(parts.join("\n")).toMatchFileSnapshot("../../docs/roles.md");
    });
  },
);
