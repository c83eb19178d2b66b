// oxlint-disable typescript/no-unnecessary-template-expression -- split, so that no scanner takes them for leaks
import {
  awsId,
  base64,
  digits,
  gzip,
  lower,
  maker,
  mixed,
  one,
  pem,
  serviceAccount,
  type Planted,
  word,
} from "./secret-maker.ts";

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
      text: `[DEFAULT]\nuser=ocid1.user.oc1..aaaa\nfingerprint=aa:bb\nkey_file=~/.oci/key.pem\n${ociKey}`,
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
