import process from "node:process";

/** What the SDKs of the four clouds take credentials, endpoints and configuration files from. */
const cloudVariables = /^(?:AWS|AZURE|ARM|MSI|IDENTITY|GOOGLE|GCLOUD|GCP|CLOUDSDK|GCE|OCI|TF_VAR)_/;

const nowhere = "/nonexistent/postern-demo";

/** https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html and its like for the others. */
const demoVariables: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: "AKIAPOSTERNDEMO00000",
  AWS_SECRET_ACCESS_KEY: "not-a-secret",
  AWS_REGION: "us-east-1",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: nowhere,
  AWS_SHARED_CREDENTIALS_FILE: nowhere,
  AZURE_CONFIG_DIR: nowhere,
  CLOUDSDK_CONFIG: nowhere,
  OCI_CLI_CONFIG_FILE: nowhere,
};

/** Nothing of this machine's own configuration may reach the demo, nor the demo this machine's cloud. */
export function isolate(env: NodeJS.ProcessEnv = process.env): void {
  for (const name of Object.keys(env)) {
    if (cloudVariables.test(name)) Reflect.deleteProperty(env, name);
  }
  Object.assign(env, demoVariables);
}
