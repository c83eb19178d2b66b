import type { Provider } from "../model/provider.ts";
import type { ManageVerb, ToolAccess, ToolCategory } from "../model/tool.ts";
import type { ToolText } from "./tokens.ts";

interface CloudSigns {
  readonly cloud: Provider;
  readonly names: readonly string[];
  /** Parameters, each set enough by itself when all of it is there. */
  readonly parameters: readonly (readonly string[])[];
  readonly sentence: RegExp;
}

/** What names a cloud in a tool: its own words, and the parameters that only its API has. */
const clouds: readonly CloudSigns[] = [
  {
    cloud: "azure",
    names: [
      "azure",
      "az",
      "keyvault",
      "aks",
      "appservice",
      "cosmos",
      "functionapp",
      "containerapp",
      "servicebus",
      "eventhubs",
      "eventgrid",
    ],
    parameters: [
      ["subscription", "resourcegroup"],
      ["subscription", "tenant"],
      ["tenant", "authmethod"],
      ["subscriptionid"],
    ],
    sentence: /\bazure\b/i,
  },
  {
    cloud: "aws",
    names: [
      "aws",
      "ec2",
      "s3",
      "ecr",
      "ecs",
      "eks",
      "dynamodb",
      "cloudformation",
      "athena",
      "emr",
      "glue",
      "sagemaker",
      "route53",
      "cloudfront",
      "cloudtrail",
      "fargate",
      "kinesis",
      "elasticache",
    ],
    parameters: [["arn"], ["rolearn"], ["awsregion"], ["awsprofile"], ["profilename", "region"]],
    sentence: /\b(?:aws|amazon)\b/i,
  },
  {
    cloud: "gcp",
    names: [
      "gcloud",
      "gcp",
      "gsutil",
      "gke",
      "bigquery",
      "gcs",
      "cloudrun",
      "cloudsql",
      "spanner",
      "alloydb",
      "dataproc",
      "dataplex",
    ],
    parameters: [
      ["projectid", "zone"],
      ["projectid", "region"],
      ["project", "region", "service"],
    ],
    sentence:
      /\b(?:gcp|google cloud|cloud run|gcs|gke|cloud sql|cloud spanner|compute engine|alloydb|dataproc)\b/i,
  },
  {
    cloud: "oci",
    names: ["oci", "vcn", "vcns", "tenancy", "compartment", "compartments"],
    parameters: [["compartmentid"], ["compartmentocid"], ["ocid"]],
    sentence: /\b(?:oci|oracle cloud)\b/i,
  },
];

/** The cloud that the tool's own words and parameters name. */
export function cloudOf(text: ToolText): Provider | undefined {
  const found = clouds.find(
    (one) =>
      one.names.some((name) => text.name.includes(name)) ||
      one.parameters.some((all) => all.every((name) => text.parameters.has(name))) ||
      one.sentence.test(text.sentence),
  );
  return found?.cloud;
}

/** Categories whose tools speak about a cloud without touching one. */
const aside: ReadonlySet<ToolCategory> = new Set([
  "docs",
  "demo",
  "meta",
  "web",
  "project-mgmt",
  "source-control",
  "filesystem",
]);
const touching: ReadonlySet<ToolCategory> = new Set([
  "cloud-control",
  "cloud-data",
  "identity",
  "secrets",
  "kubernetes",
]);

/** Whether a tool of these categories acts on the cloud's own API. */
export function touchesCloud(categories: readonly ToolCategory[]): boolean {
  return categories.some((one) => touching.has(one)) || !categories.some((one) => aside.has(one));
}

const creating = new Set(
  "create add insert put import deploy install launch provision register upload send publish append run clone fork copy containerize build".split(
    " ",
  ),
);
const changing = new Set("or update upsert set manage apply edit patch modify".split(" "));

/** What the tool can do to the cloud. A router or a program can do all four. */
export function manageVerbsOf(
  text: ToolText,
  access: ToolAccess,
  router: boolean,
): readonly ManageVerb[] {
  if (router || access === "exec") return ["list", "create", "modify", "delete"];
  if (access === "read") return ["list"];
  if (access === "destructive")
    return text.name.includes("manage") ? ["list", "create", "modify", "delete"] : ["delete"];
  const creates = text.name.some((word) => creating.has(word));
  const changes = text.name.some((word) => changing.has(word));
  if (creates && changes) return ["create", "modify"];
  return creates ? ["create"] : ["modify"];
}
