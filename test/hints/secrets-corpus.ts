import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";

/** A configuration with secrets in it. Nothing here is real: values are made when the test runs, so that no scanner takes this file for a leak. */
export interface Planted {
  readonly name: string;
  readonly text: string;
  /** What may be nowhere after redaction. */
  readonly values: readonly string[];
  /** Given as user data, so base64 as a cloud's API gives it. */
  readonly encoded?: string;
}

const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const lower = upper.toLowerCase();
const digits = "0123456789";
const hex = "0123456789abcdef";
const word = upper + lower + digits;

/** The same characters in every run: a linear congruential generator (Numerical Recipes). */
function maker(seed: number) {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[next(alphabet.length)] ?? "").join("");
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const gzip = (text: string): string => gzipSync(text).toString("base64");

type Make = ReturnType<typeof maker>;
/** At least one character of each kind, as generators of keys give. */
const mixed = (make: Make, length: number): string => `a7K${make(word, length - 3)}`;
const key64 = (make: Make, bytes: number): string =>
  Buffer.from(make(word, bytes)).toString("base64");
const pem = (make: Make, kind: string): string => {
  const lines = Array.from({ length: 6 }, () => make(`${word}+/`, 64));
  return (
    ["-----BEGIN", `${kind}PRIVATE KEY-----`].join(" ") +
    `\n${lines.join("\n")}\n${["-----END", `${kind}PRIVATE KEY-----`].join(" ")}`
  );
};
const awsId = (make: Make): string => `AK${"IA"}${make(`${upper}234567`, 16)}`;
const serviceAccount = (make: Make): { text: string; value: string } => {
  const value = make(`${word}+/`, 64);
  const block =
    ["-----BEGIN", "PRIVATE KEY-----\\n"].join(" ") +
    value +
    ["\\n-----END", "PRIVATE KEY-----\\n"].join(" ");
  return {
    value,
    text: `{"type":"service_account","project_id":"shop","private_key_id":"${make(hex, 40)}","private_key":"${block}","client_email":"ci@shop.iam.gserviceaccount.com"}`,
  };
};

function one(name: string, text: (value: string) => string, value: string): Planted {
  return { name, text: text(value), values: [value] };
}

/** Those that the patterns were written against. */
export function knownSecrets(): readonly Planted[] {
  const make = maker(41);
  const account = serviceAccount(make);
  const wrapped = serviceAccount(make);
  const rsa = pem(make, "RSA ");
  const ociKey = pem(make, "");
  const script = mixed(make, 20);
  return [
    one(
      "AWS pair in an env file",
      (v) => `AWS_ACCESS_KEY_ID=${awsId(make)}\nAWS_SECRET_ACCESS_KEY=${v}`,
      mixed(make, 40),
    ),
    one("AWS pair, bare, in two lines", (v) => `${awsId(make)}\n${v}\n`, mixed(make, 40)),
    one(
      "AWS pair in a credentials file",
      (v) => `[default]\naws_access_key_id = ${awsId(make)}\naws_secret_access_key = ${v}`,
      mixed(make, 40),
    ),
    one(
      "AWS pair as positional arguments",
      (v) => `s3tool --login ${awsId(make)} ${v} sync`,
      mixed(make, 40),
    ),
    one(
      "AWS session token",
      (v) => `export AWS_SESSION_TOKEN="${v}"`,
      `IQoJb3Jp${"Z2lu"}${make(word, 200)}`,
    ),
    one(
      "Azure storage connection string",
      (v) =>
        `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${v};EndpointSuffix=core.windows.net`,
      `${make(`${word}+/`, 86)}==`,
    ),
    one("Azure storage key alone", (v) => `STORAGE=${v}`, `${make(`${word}+/`, 86)}==`),
    one(
      "Azure SAS",
      (v) => `https://shop.blob.core.windows.net/c?sv=2024-11-04&sr=c&sp=rl&se=2027-01-01&sig=${v}`,
      `${make(word, 42)}%3D`,
    ),
    one(
      "Azure Service Bus connection string",
      (v) =>
        `Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${v}`,
      `${make(word, 43)}=`,
    ),
    one(
      "Azure Cosmos DB connection string",
      (v) => `AccountEndpoint=https://shop.documents.azure.com:443/;AccountKey=${v};`,
      `${make(word, 86)}==`,
    ),
    one(
      "Azure client secret",
      (v) => `AZURE_CLIENT_SECRET: ${v}`,
      `${make(word, 3)}8Q~${make(word, 34)}`,
    ),
    one(
      "Azure client secret without its name",
      (v) => `az login --service-principal -u app -p ${v} --tenant t`,
      `${make(word, 3)}8Q~${make(word, 34)}`,
    ),
    one(
      "Azure DevOps token of today",
      (v) => `git clone https://dev.azure.com/x -c http.extraheader="AUTHORIZATION: pat ${v}"`,
      `${make(word, 76)}AZ${"DO"}${make(word, 4)}`,
    ),
    one(
      "Azure DevOps token of before",
      (v) => `AZURE_DEVOPS_EXT_PAT=${v}`,
      make(`${lower}234567`, 52),
    ),
    one(
      "Azure SQL connection string",
      (v) => `Server=tcp:shop.database.windows.net,1433;User ID=sa;Password=${v};Encrypt=True`,
      mixed(make, 18),
    ),
    one(
      "Azure function key",
      (v) => `https://shop.azurewebsites.net/api/run?code=${v}`,
      `${make(word, 43)}AzFu${make(word, 7)}==`,
    ),
    one(
      "Azure App Configuration",
      (v) => `Endpoint=https://shop.azconfig.io;Id=${make(word, 8)};Secret=${v}`,
      `${make(word, 43)}=`,
    ),
    one("GCP API key", (v) => `MAPS=${v}`, `AI${"za"}${make(`${word}-_`, 35)}`),
    { name: "GCP service account", text: account.text, values: [account.value] },
    {
      name: "GCP service account in base64",
      text: `GOOGLE_CREDENTIALS=${base64(wrapped.text)}`,
      values: [wrapped.value, base64(wrapped.text)],
    },
    one(
      "GCP OAuth client secret",
      (v) => `"client_secret":"${v}"`,
      `GOC${"SPX"}-${make(word, 28)}`,
    ),
    {
      name: "OCI key and configuration",
      text: `[DEFAULT]\nuser=ocid1.user.oc1..aaaa\nfingerprint=aa:bb\nkey_file=/root/.oci/key.pem\n${ociKey}`,
      values: [ociKey.split("\n")[2] ?? "", ociKey.split("\n")[5] ?? ""],
    },
    one("OCI pass phrase", (v) => `pass_phrase=${v}`, mixed(make, 16)),
    one(
      "OCI auth token of a registry",
      (v) => `docker login -u 'ns/user' -p '${v}' fra.ocir.io`,
      make(`${word}#;}`, 20).replaceAll("'", "x"),
    ),
    {
      name: "RSA key in a heredoc",
      text: `cat > k <<EOF\n${rsa}\nEOF`,
      values: [rsa.split("\n")[1] ?? "", rsa.split("\n")[6] ?? ""],
    },
    one(
      "PostgreSQL URL",
      (v) => `DATABASE_URL=postgres://app:${v}@db.internal:5432/shop`,
      mixed(make, 14),
    ),
    one(
      "MongoDB URL",
      (v) => `mongodb+srv://app:${v}@cluster0.abcde.mongodb.net/?retryWrites=true`,
      mixed(make, 14),
    ),
    one("Redis URL without a user", (v) => `redis://:${v}@cache:6379/0`, mixed(make, 14)),
    one("password of one variable", (v) => `export DB_PASSWORD='${v}'`, mixed(make, 9)),
    one("password in JSON", (v) => `{"db":{"user":"app","password":"${v}"}}`, mixed(make, 9)),
    one("password in YAML", (v) => `db:\n  password: ${v}\n`, mixed(make, 9)),
    one(
      "GitHub token",
      (v) => `git clone https://x:${v}@github.com/a/b`,
      `gh${"p_"}${make(word, 36)}`,
    ),
    one(
      "GitLab token",
      (v) => `curl -H "PRIVATE-TOKEN: ${v}" https://gitlab.com`,
      `gl${"pat-"}${make(word, 20)}`,
    ),
    one(
      "Slack webhook",
      (v) => `https://hooks.slack.com/services/T${make(digits, 8)}/B${make(digits, 8)}/${v}`,
      make(word, 24),
    ),
    one("OpenAI key", (v) => `OPENAI=${v}`, `sk-${"proj-"}A1${make(word, 46)}`),
    one("Anthropic key", (v) => `x-api-key: ${v}`, `sk-${"ant-"}api03-${make(word, 80)}`),
    one("npm token", (v) => `//registry.npmjs.org/:_authToken=${v}`, `np${"m_"}${make(word, 36)}`),
    one("bearer token", (v) => `curl -H "Authorization: Bearer ${v}" https://x`, mixed(make, 32)),
    {
      name: "script in base64 user data",
      text: "",
      encoded: base64(`#!/bin/bash\nexport API_TOKEN=${script}\n`),
      values: [script],
    },
    {
      name: "script in gzip user data",
      text: "",
      encoded: gzip(`#!/bin/bash\nexport API_TOKEN=${script}\n`),
      values: [script],
    },
    one(
      "JSON web token",
      (v) => `TOKEN ${v}`,
      `ey${"J"}${make(word, 20)}.ey${"J"}${make(word, 60)}.${make(word, 43)}`,
    ),
  ];
}

/** Held aside: written from the providers' documentation, never looked at while a pattern was changed. */
export function unseenSecrets(): readonly Planted[] {
  const make = maker(4040);
  const account = serviceAccount(make);
  const nested = mixed(make, 22);
  const ec = pem(make, "EC ");
  const openssh = pem(make, "OPENSSH ");
  const encrypted = pem(make, "ENCRYPTED ");
  return [
    one(
      "AWS pair in JSON",
      (v) => `{"AccessKeyId":"${awsId(make)}","SecretAccessKey":"${v}"}`,
      mixed(make, 40),
    ),
    one(
      "AWS pair in Terraform",
      (v) => `provider "aws" {\n  access_key = "${awsId(make)}"\n  secret_key = "${v}"\n}`,
      mixed(make, 40),
    ),
    one(
      "AWS pair joined by a colon",
      (v) => `echo ${awsId(make)}:${v} > /etc/passwd-s3fs`,
      mixed(make, 40),
    ),
    one(
      "AWS CLI configure",
      (v) => `aws configure set aws_secret_access_key ${v}`,
      mixed(make, 40),
    ),
    one(
      "AWS secret in PowerShell",
      (v) => `Set-AWSCredential -AccessKey ${awsId(make)} -SecretKey ${v}`,
      mixed(make, 40),
    ),
    one(
      "AWS secret in Java properties",
      (v) => `aws.accessKeyId=${awsId(make)}\naws.secretKey=${v}`,
      mixed(make, 40),
    ),
    one(
      "Azure storage key in an argument",
      (v) => `az storage blob list --account-name shop --account-key ${v}`,
      `${make(`${word}+/`, 86)}==`,
    ),
    one(
      "Azure storage key in YAML",
      (v) => `azurestorageaccountkey: "${v}"`,
      `${make(`${word}+/`, 86)}==`,
    ),
    one(
      "Azure event hub",
      (v) =>
        `EVENTHUB=Endpoint=sb://h.servicebus.windows.net/;SharedAccessKeyName=s;SharedAccessKey=${v};EntityPath=e`,
      `${make(word, 43)}=`,
    ),
    one(
      "Azure account SAS token",
      (v) => `SAS_TOKEN="?sv=2023-01-03&ss=b&srt=sco&sp=rwd&sig=${v}"`,
      `${make(word, 43)}%3D`,
    ),
    one(
      "Azure IoT hub",
      (v) => `HostName=h.azure-devices.net;SharedAccessKeyName=owner;SharedAccessKey=${v}`,
      `${make(word, 43)}=`,
    ),
    one(
      "Azure client secret in JSON",
      (v) => `{"clientId":"6b4b","clientSecret":"${v}","tenantId":"9c1f"}`,
      `${make(word, 3)}7Q~${make(word, 34)}`,
    ),
    one(
      "Azure client secret in Terraform",
      (v) => `client_secret = "${v}"`,
      `${make(word, 3)}8Q~${make(word, 34)}`,
    ),
    one(
      "Azure DevOps token of an agent",
      (v) => `./config.sh --unattended --auth pat --token ${v}`,
      make(`${lower}234567`, 52),
    ),
    one(
      "Azure container registry",
      (v) => `docker login shop.azurecr.io -u shop -p ${v}`,
      `${make(word, 40)}+AC${"Rd"}${make(word, 6)}`,
    ),
    one("Azure cognitive services", (v) => `AZURE_OPENAI_API_KEY=${v}`, make(hex, 32)),
    one(
      "Azure Redis",
      (v) => `shop.redis.cache.windows.net:6380,password=${v},ssl=True`,
      `${make(word, 43)}=`,
    ),
    one(
      "Azure publish profile",
      (v) => `<publishProfile userName="$shop" userPWD="${v}" />`,
      make(word, 60),
    ),
    one(
      "GCP API key in a URL",
      (v) => `curl "https://maps.googleapis.com/maps/api/geocode/json?key=${v}"`,
      `AI${"za"}${make(`${word}-_`, 35)}`,
    ),
    {
      name: "GCP service account in gzip user data",
      text: "",
      encoded: gzip(account.text),
      values: [account.value],
    },
    one("GCP HMAC secret", (v) => `gs_secret_access_key = ${v}`, mixed(make, 40)),
    one("GCP OAuth token", (v) => `gcloud auth print ${v}`, `ya${"29."}${make(word, 100)}`),
    {
      name: "OCI key in JSON",
      text: JSON.stringify({ key_content: ec }),
      values: [ec.split("\n")[1] ?? ""],
    },
    one("OCI customer secret key", (v) => `[oci]\nsecret_access_key = ${v}`, `${make(word, 43)}=`),
    one(
      "OCI API gateway pass phrase in YAML",
      (v) => `oci:\n  passphrase: "${v}"`,
      mixed(make, 16),
    ),
    {
      name: "OpenSSH key in cloud-config",
      text: `#cloud-config\nssh_keys:\n  rsa_private: |\n${openssh
        .split("\n")
        .map((line) => `    ${line}`)
        .join("\n")}`,
      values: [openssh.split("\n")[2] ?? ""],
    },
    { name: "encrypted key", text: encrypted, values: [encrypted.split("\n")[3] ?? ""] },
    one("MySQL URL", (v) => `mysql://root:${v}@10.0.0.4/shop`, mixed(make, 12)),
    one("AMQP URL", (v) => `BROKER=amqps://app:${v}@mq.internal:5671/%2f`, mixed(make, 12)),
    one("proxy URL", (v) => `export https_proxy=http://user:${v}@proxy:3128`, mixed(make, 12)),
    one("chpasswd", (v) => `echo "ubuntu:${v}" | chpasswd`, mixed(make, 10)),
    one("mysql command", (v) => `mysql -u root -p${v} -e 'select 1'`, mixed(make, 10)),
    one("password in a flag", (v) => `server --admin-password=${v} --port 80`, mixed(make, 10)),
    one("password in TOML", (v) => `[database]\npassword = "${v}"`, mixed(make, 10)),
    one(
      "password in XML",
      (v) => `<connection><password>${v}</password></connection>`,
      mixed(make, 10),
    ),
    one(
      "GitHub fine-grained token",
      (v) => `GH=${v}`,
      `github${"_pat_"}${make(word, 22)}_${make(word, 59)}`,
    ),
    one(
      "Slack token",
      (v) => `bot ${v}`,
      `xo${"xb-"}${make(digits, 12)}-${make(digits, 12)}-${make(word, 24)}`,
    ),
    one("Stripe key", (v) => `pay(${v})`, `sk${"_live_"}${make(word, 24)}`),
    one("Linear key", (v) => `linear ${v}`, `lin${"_api_"}${make(word, 40)}`),
    {
      name: "base64 in base64 user data",
      text: "",
      encoded: base64(
        `#cloud-config\nwrite_files:\n- encoding: b64\n  content: ${base64(`API_SECRET=${nested}\n`)}\n`,
      ),
      values: [nested, base64(`API_SECRET=${nested}\n`)],
    },
    one("Shopify token", (v) => `shop ${v}`, `shp${"at_"}${make(hex, 32)}`),
  ];
}

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
