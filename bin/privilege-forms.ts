import type { Provider } from "../src/index.ts";

/** Actions, permissions or statements, sorted and each once. */
type Form = (granted: readonly string[]) => string;

const description = "Reads configuration for Postern; changes nothing";

/** How each cloud writes down what an auditor may do, by the name that `--as` takes. */
export const privilegeForms: Readonly<Record<Provider, Readonly<Record<string, Form>>>> = {
  aws: {
    json: (actions) => pretty(awsPolicy(actions)),
    cloudformation: (actions) =>
      pretty({
        AWSTemplateFormatVersion: "2010-09-09",
        Resources: {
          PosternReadOnly: {
            Type: "AWS::IAM::ManagedPolicy",
            Properties: {
              ManagedPolicyName: "PosternReadOnly",
              PolicyDocument: awsPolicy(actions),
            },
          },
        },
      }),
    terraform: (actions) => `resource "aws_iam_policy" "postern_read_only" {
  name   = "PosternReadOnly"
  policy = jsonencode(${pretty(awsPolicy(actions))})
}`,
  },
  azure: {
    /** For `az role definition create --role-definition FILE`. */
    json: (actions) =>
      pretty({
        Name: "Postern reader",
        IsCustom: true,
        Description: description,
        Actions: ofArm(actions),
        NotActions: [],
        AssignableScopes: ["/subscriptions/SUBSCRIPTION_ID"],
      }),
    arm: (actions) =>
      pretty({
        $schema:
          "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#",
        contentVersion: "1.0.0.0",
        resources: [
          {
            type: "Microsoft.Authorization/roleDefinitions",
            apiVersion: "2022-04-01",
            name: "[guid(subscription().id, 'postern-reader')]",
            properties: {
              roleName: "Postern reader",
              description,
              type: "CustomRole",
              permissions: [{ actions: ofArm(actions), notActions: [] }],
              assignableScopes: ["[subscription().id]"],
            },
          },
        ],
      }),
    terraform: (actions) => `resource "azurerm_role_definition" "postern_reader" {
  name        = "Postern reader"
  description = "${description}"
  scope       = data.azurerm_subscription.current.id
  permissions {
    actions = ${indented(ofArm(actions))}
  }
}`,
    /** Application permissions of Microsoft Graph, which no role of Resource Manager can hold. */
    graph: (actions) => ofGraph(actions).join("\n"),
  },
  gcp: {
    json: (permissions) =>
      pretty({
        title: "Postern reader",
        description,
        stage: "GA",
        includedPermissions: permissions,
      }),
    /** For `gcloud iam roles create posternReader --organization=ORGANIZATION_ID --file=FILE`. */
    gcloud: (permissions) =>
      [
        "title: Postern reader",
        `description: ${description}`,
        "stage: GA",
        "includedPermissions:",
        ...permissions.map((permission) => `- ${permission}`),
      ].join("\n"),
    terraform: (permissions) => `resource "google_organization_iam_custom_role" "postern_reader" {
  role_id     = "posternReader"
  org_id      = var.organization_id
  title       = "Postern reader"
  description = "${description}"
  permissions = ${indented(permissions)}
}`,
  },
  oci: {
    /** For `oci iam policy create --statements file://FILE`. */
    json: (verbs) => pretty(ociStatements(verbs)),
    oci: (verbs) => ociStatements(verbs).join("\n"),
    terraform: (verbs) => `resource "oci_identity_policy" "postern_reader" {
  compartment_id = var.tenancy_ocid
  name           = "PosternReader"
  description    = "${description}"
  statements     = ${indented(ociStatements(verbs))}
}`,
  },
};

const graph = "Microsoft.Graph/";

function ofArm(actions: readonly string[]): string[] {
  return actions.filter((action) => !action.startsWith(graph));
}

function ofGraph(actions: readonly string[]): string[] {
  return actions.flatMap((action) =>
    action.startsWith(graph) ? [action.slice(graph.length)] : [],
  );
}

function awsPolicy(actions: readonly string[]): object {
  return {
    Version: "2012-10-17",
    Statement: [{ Sid: "PosternReadOnly", Effect: "Allow", Action: actions, Resource: "*" }],
  };
}

function ociStatements(verbs: readonly string[]): string[] {
  return verbs.map((verb) => `Allow group PosternAuditors to ${verb} in tenancy`);
}

function pretty(value: object): string {
  return JSON.stringify(value, null, 2);
}

function indented(values: readonly string[]): string {
  return pretty(values).replaceAll("\n", "\n  ");
}
