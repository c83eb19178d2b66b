// oxlint-disable typescript/no-unnecessary-template-expression -- split, so that no scanner takes them for leaks
import { Buffer } from "node:buffer";
import { awsId, digits, hex, lower, maker, word } from "./secret-maker.ts";

/** What only looks like a secret, and stays as it is. */
export function lookAlikes(): readonly (readonly [name: string, text: string])[] {
  const make = maker(7);
  const sha512 = Buffer.from(make(word, 64)).toString("base64");
  return [
    ["UUID", "id=6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"],
    ["SHA-256", `digest: ${make(hex, 64)}`],
    ["image digest", `image: nginx@sha256:${make(hex, 64)}`],
    ["Git commit", `git checkout ${make(hex, 40)}`],
    ["MD5", `etag="${make(hex, 32)}"`],
    ["lock file", `"integrity": "sha512-${sha512}"`],
    ["subresource integrity", `integrity="sha384-${make(`${word}+/`, 64)}"`],
    ["Cargo lock", `checksum = "${make(hex, 64)}"`],
    ["Python hashes", `requests==2.32.3 --hash=sha256:${make(hex, 64)}`],
    ["role ARN", "arn:aws:iam::111122223333:role/mcp-secret-reader"],
    [
      "secret ARN",
      "DB_PASSWORD_ARN=arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/db-AbCdEf",
    ],
    ["access key id alone", `owner ${awsId(make)}`],
    ["instance id", "i-0a1b2c3d4e5f60718"],
    ["OCID", `ocid1.instance.oc1.eu-frankfurt-1.${make(lower + digits, 60)}`],
    [
      "Azure resource id",
      "/subscriptions/6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/secrets",
    ],
    [
      "Azure setup ids",
      "tenantId: 6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d\nclientId: 7f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
    ],
    ["Key Vault reference", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/db/)"],
    [
      "Key Vault reference of a password",
      "DB_PASSWORD=@Microsoft.KeyVault(VaultName=v;SecretName=db)",
    ],
    ["shell variable", `export TOKEN=\${GITHUB_TOKEN}\npassword=$DB_PASSWORD`],
    [
      "shell command",
      "API_KEY=$(aws secretsmanager get-secret-value --secret-id x --query SecretString)",
    ],
    ["CloudFormation reference", "MasterUserPassword: !Ref DbPassword"],
    [
      "CloudFormation dynamic reference",
      "password: '{{resolve:secretsmanager:db:SecretString:password}}'",
    ],
    ["Helm template", "password: {{ .Values.db.password }}"],
    ["GitHub Actions", `token: \${{ secrets.DEPLOY_TOKEN }}`],
    ["Terraform variable", "password = var.db_password"],
    [
      "ECS valueFrom",
      `{"name":"DB_PASSWORD","valueFrom":"arn:aws:ssm:eu-central-1:111122223333:parameter/db"}`,
    ],
    ["Kubernetes secretKeyRef", "secretKeyRef:\n  name: db\n  key: password"],
    ["GCP secret name", "SECRET=projects/123/secrets/db/versions/latest"],
    ["file of a password", "POSTGRES_PASSWORD_FILE=/run/secrets/db"],
    ["placeholder of a manual", "API_KEY=<your-api-key>"],
    ["mask", "password=********"],
    ["public SSH key", `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${make(`${word}+/`, 43)} me@host`],
    [
      "public key",
      `${["-----BEGIN", "PUBLIC KEY-----"].join(" ")}\n${make(`${word}+/`, 64)}\n${["-----END", "PUBLIC KEY-----"].join(" ")}`,
    ],
    [
      "certificate",
      `${["-----BEGIN", "CERTIFICATE-----"].join(" ")}\n${make(`${word}+/`, 64)}\n${["-----END", "CERTIFICATE-----"].join(" ")}`,
    ],
    ["key fingerprint", `SHA256:${make(`${word}+/`, 43)}`],
    ["URL with a user only", "https://deploy@github.com/org/repo"],
    ["URL with a port", "proxy=http://proxy.internal:3128/path@v2"],
    ["code", "const token = await getToken(config.auth.token);"],
    ["setting about tokens", "MAX_TOKENS=4096\nTOKEN_TTL=3600\npasswordPolicy: strict"],
    ["metadata token header", "X-aws-ec2-metadata-token-ttl-seconds: 21600"],
    ["image in base64", `data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA${make(`${word}+/`, 120)}`],
    ["example key id of the documentation", `AWS_ACCESS_KEY_ID=AKIA${"IOSFODNN7EXAMPLE"}`],
    ["pagination", `{"NextToken":"${make(word, 80)}"}`],
  ];
}
