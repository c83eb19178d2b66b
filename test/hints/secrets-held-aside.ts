// oxlint-disable typescript/no-unnecessary-template-expression -- split, so that no scanner takes them for leaks
import {
  awsId,
  base64,
  digits,
  gzip,
  hex,
  lower,
  maker,
  mixed,
  one,
  pem,
  serviceAccount,
  type Planted,
  word,
} from "./secret-maker.ts";

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
