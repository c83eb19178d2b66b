import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Provider } from "../src/index.ts";

/** Where the SDK of a cloud looks first; nothing is read but whether it is there, and nothing is asked. */
interface Places {
  /** All variables of one row must be set. */
  readonly variables: readonly (readonly string[])[];
  /** Variables that name a file which must be there. */
  readonly namedFiles: readonly string[];
  /** Below the home directory. */
  readonly files: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 * @see https://learn.microsoft.com/en-us/azure/developer/javascript/sdk/authentication/credential-chains
 * @see https://cloud.google.com/docs/authentication/application-default-credentials
 * @see https://docs.oracle.com/en-us/iaas/Content/API/Concepts/sdk_authentication_methods.htm
 */
const places: Readonly<Record<Provider, Places>> = {
  aws: {
    variables: [
      ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
      ["AWS_PROFILE"],
      ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"],
      ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"],
      ["AWS_CONTAINER_CREDENTIALS_FULL_URI"],
    ],
    namedFiles: ["AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"],
    files: [".aws/credentials", ".aws/config"],
  },
  azure: {
    variables: [
      ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"],
      ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_CERTIFICATE_PATH"],
      ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE"],
      ["IDENTITY_ENDPOINT", "IDENTITY_HEADER"],
    ],
    namedFiles: [],
    files: [".azure/azureProfile.json", ".azure/AzureRmContext.json", ".Azure/AzureRmContext.json"],
  },
  gcp: {
    variables: [],
    namedFiles: ["GOOGLE_APPLICATION_CREDENTIALS"],
    files: [".config/gcloud/application_default_credentials.json"],
  },
  oci: {
    variables: [
      ["OCI_CLI_USER", "OCI_CLI_TENANCY", "OCI_CLI_FINGERPRINT"],
      ["OCI_RESOURCE_PRINCIPAL_VERSION"],
    ],
    namedFiles: ["OCI_CONFIG_FILE", "OCI_CLI_CONFIG_FILE"],
    files: [".oci/config"],
  },
};

/** What speaks for credentials of a cloud, in words; undefined when nothing does. */
export function credentialsPresent(
  provider: Provider,
  environment: Environment,
  home: string,
): string | undefined {
  const { variables, namedFiles, files } = places[provider];
  const set = (name: string): boolean => (environment[name] ?? "") !== "";
  const found = variables.find((names) => names.every(set));
  if (found) return found.join(", ");
  const named = namedFiles.find((name) => set(name) && isFile(environment[name] ?? ""));
  if (named !== undefined) return `the file of ${named}`;
  const file = files.find((path) => isFile(join(home, path)));
  return file === undefined ? undefined : `~/${file}`;
}

function isFile(path: string): boolean {
  return path !== "/dev/null" && existsSync(path);
}
