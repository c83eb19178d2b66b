/**
 * Shapes of secrets, most specific first. Group `before` stays, group `secret` goes; without groups all of the match
 * goes. Every quantifier is bounded or cannot overlap its neighbour, because the text may be hostile.
 */
export interface SecretPattern {
  readonly type: string;
  readonly regex: RegExp;
}

/**
 * Every text with a secret has one of these in it. One search for them spares nearly all texts of a page the others;
 * a new row needs its word here.
 */
export const telltales =
  /pass|pwd|secret|securestring|token|key|credential|private-lines|AKIA|ASIA|FwoGZXIvYXdz|IQoJb3JpZ2lu|gh[pousr]_|github_pat|\bgl[a-z]{2,5}-|xox|xapp-|hooks\.slack|[sr]k_(?:live|test)|whsec_|\bsk-|\bhf_|npm_|pypi-|SG\.|_v1_|dapi|hv[sbr]\.|atlasv1|:AA|AIza|GOCSPX|ya29|eyJ|[A-Za-z0-9+/]==|sig=|[?&]code=|Q~|AZDO|\bpat\b|_pat\b|AzFu|AzSe|AzCa|ACDb|ACRd|\+A(?:St|Eh|Sb|CR)|AIoT|APIM|signature=|:\/\/|bearer|authorization|"auth|curl|mysql|mariadb|docker login|podman login|net\s+user/i;

/** `key = "`, `key: `, `key => '`, also inside a string that is itself escaped JSON. */
const assign = String.raw`\\{0,3}["']?\s{0,5}(?:=>|:=|=|:)\s{0,5}\\{0,3}["']?`;

function inContext(names: string, secret: string): RegExp {
  return new RegExp(`(?<before>(?:${names})${assign})(?<secret>${secret})`, "gi");
}

export const secretPatterns: readonly SecretPattern[] = [
  {
    // RFC 7468, OpenSSH and PGP; also with `\n` written out, and cut off before its end.
    type: "private-key",
    regex:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----)[\w+/=\s\\,:.'"-])*(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g,
  },
  {
    type: "private-key",
    regex: /(?<before>\bPrivate-Lines: \d{1,4}\s{1,4})(?<secret>[A-Za-z0-9+/=\s]{40,20000})/g,
  },
  {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
    type: "aws-secret-access-key",
    regex: inContext(
      "aws_?secret_?(?:access_?)?key|secret_?access_?key|secret_?key|aws_secret",
      "[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])",
    ),
  },
  {
    type: "aws-secret-access-key",
    regex:
      /(?<before>\b(?:AKIA|ASIA)[A-Z0-9]{16}\b(?:(?!AKIA|ASIA)[\s\S]){1,100}?(?<![A-Za-z0-9/+]))(?<secret>(?=[a-z0-9/+]{0,39}[A-Z])(?=[A-Z0-9/+]{0,39}[a-z])(?=[A-Za-z/+]{0,39}[0-9])[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/g,
  },
  {
    type: "aws-session-token",
    regex: inContext("session_?token|security-?token", "[A-Za-z0-9/+=%]{100,4096}"),
  },
  { type: "aws-session-token", regex: /\b(?:FwoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9/+=%]{80,4096}/g },
  { type: "github-token", regex: /\bgh[pousr]_[A-Za-z0-9]{36,255}\b/g },
  { type: "github-token", regex: /\bgithub_pat_[A-Za-z0-9_]{22,255}\b/g },
  {
    type: "gitlab-token",
    regex: /\bgl(?:pat|dt|rt|ptt|cbt|ft|soat|imt|agent|oas)-[\w.-]{20,255}/g,
  },
  { type: "slack-token", regex: /\b(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,255}/g },
  {
    type: "slack-webhook",
    regex:
      /(?<before>\bhooks\.slack\.com\/(?:services|workflows)\/)(?<secret>[A-Za-z0-9/]{20,200})/g,
  },
  { type: "stripe-key", regex: /\b(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9]{16,255}/g },
  { type: "anthropic-key", regex: /\bsk-ant-[\w-]{20,255}/g },
  {
    type: "openai-key",
    regex: /\bsk-(?=[\w-]{0,200}[0-9])(?=[\w-]{0,200}[A-Z])[\w-]{20,255}/g,
  },
  { type: "huggingface-token", regex: /\bhf_[A-Za-z0-9]{30,100}\b/g },
  { type: "npm-token", regex: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { type: "pypi-token", regex: /\bpypi-AgE[\w-]{50,1000}/g },
  { type: "sendgrid-key", regex: /\bSG\.[\w-]{16,64}\.[\w-]{16,64}/g },
  { type: "digitalocean-token", regex: /\bdo[opr]_v1_[a-f0-9]{64}\b/g },
  { type: "databricks-token", regex: /\bdapi[a-f0-9]{32}\b/g },
  { type: "vault-token", regex: /\bhv[sbr]\.[\w-]{20,300}/g },
  { type: "terraform-token", regex: /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,100}/g },
  { type: "telegram-token", regex: /\b\d{8,10}:AA[\w-]{33}\b/g },
  { type: "gcp-api-key", regex: /\bAIza[\w-]{35}/g },
  { type: "gcp-oauth", regex: /\bGOCSPX-[\w-]{20,60}|\bya29\.[\w-]{20,2000}/g },
  {
    // RFC 7519; also the five parts of an encrypted one.
    type: "jwt",
    regex: /\beyJ[\w-]{8,4096}\.(?:eyJ)?[\w-]{8,8192}(?:\.[\w-]{0,8192}){1,3}/g,
  },
  {
    // https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string
    type: "azure-account-key",
    regex:
      /(?<before>\b(?:AccountKey|SharedAccessKey|SharedSecret)=)(?<secret>[A-Za-z0-9+/=]{20,200})/gi,
  },
  { type: "azure-account-key", regex: /(?<![A-Za-z0-9+/-])[A-Za-z0-9+/]{86}==(?![A-Za-z0-9+/=])/g },
  {
    type: "azure-sas-signature",
    regex: /(?<before>(?:[?&;]|\bamp;|\b)sig=)(?<secret>[A-Za-z0-9%+/=]{20,200})/g,
  },
  {
    // https://learn.microsoft.com/azure/devops/release-notes/2024/general/sprint-241-update
    type: "azure-devops-token",
    regex: /(?<![A-Za-z0-9])[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])/g,
  },
  {
    type: "azure-devops-token",
    regex:
      /(?<before>(?:\bpat|_pat)\\{0,3}["']?(?:\s{0,5}[=:]\s{0,5}|\s{1,3})\\{0,3}["']?)(?<secret>[a-z2-7]{52})(?![A-Za-z0-9])/gi,
  },
  {
    // Keys that carry the mark of their service: https://github.com/microsoft/security-utilities
    type: "azure-service-key",
    regex:
      /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{30,80}(?:AzFu|AzSe|AzCa|ACDb|ACRd|AIoT|APIM|\+A(?:St|Eh|Sb|CR))[A-Za-z0-9+/_-]{4,12}={0,2}(?![A-Za-z0-9+/=])/g,
  },
  {
    type: "azure-function-key",
    regex:
      /(?<before>\bazurewebsites\.(?:net|us|cn)\/[^\s"'<>]{0,200}[?&]code=)(?<secret>[\w%=+/-]{20,200})/gi,
  },
  { type: "azure-client-secret", regex: /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/g },
  {
    type: "presigned-url",
    regex: /(?<before>\bX-(?:Amz|Goog)-Signature=)(?<secret>[A-Fa-f0-9]{40,1024})/g,
  },
  {
    type: "url-password",
    regex:
      /(?<before>\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/?#@'"<>]{0,100}:)(?<secret>[^\s/@'"<>]{1,200})(?=@)/gi,
  },
  {
    type: "bearer-token",
    regex: /(?<before>\bBearer\s{1,5})(?<secret>(?=[\w.~+/=-]{0,200}\d)[\w.~+/=-]{12,4096})/gi,
  },
  {
    type: "basic-credentials",
    regex:
      /(?<before>\bauthorization\\?["']?\s{0,5}[:=]\s{0,5}\\?["']?Basic\s{1,5})(?<secret>[A-Za-z0-9+/=]{8,1024})/gi,
  },
  {
    type: "basic-credentials",
    regex: /(?<before>\\?"auth\\?"\s{0,5}:\s{0,5}\\?")(?<secret>[A-Za-z0-9+/=]{8,1024})(?=\\?")/g,
  },
  {
    type: "password",
    regex:
      /(?<before>\bcurl\b[^\n]{0,200}?\s(?:-u|--user)[ =]?["']?[^\s:'"$]{1,100}:)(?<secret>[^\s'"]{1,200})/g,
  },
  {
    type: "password",
    regex:
      /(?<before>\b(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\n]{0,200}?\s-p)(?<secret>[^\s'"]{3,200})/g,
  },
  {
    type: "password",
    regex:
      /(?<before>\b(?:sshpass|docker login|podman login)\b[^\n]{0,200}?\s-p\s{0,3}["']?)(?<secret>[^\s'"]{3,200})/g,
  },
  {
    type: "password",
    regex:
      /(?<before>\becho\s{1,3}(?:-e\s)?["']?[\w.-]{1,40}:)(?<secret>[^\s'"|]{3,200})(?=["']?\s{0,5}\|\s{0,5}(?:sudo\s{1,3})?chpasswd)/g,
  },
  {
    type: "password",
    regex:
      /(?<before>\bConvertTo-SecureString\s{1,5}(?:-String\s{1,5})?["'])(?<secret>[^"'\n]{1,200})/gi,
  },
  {
    type: "password",
    regex:
      /(?<before>\bnet\s{1,3}user\s{1,3}[\w.-]{1,40}\s{1,3})(?<secret>[^\s/][^\s]{2,200})(?=\s{1,3}\/add)/gi,
  },
  {
    type: "password",
    regex:
      /(?<before><(?:[a-z]{1,20}:)?[a-z]{0,20}password>\s{0,5}(?:<value>)?)(?<secret>[^<\s][^<]{0,200})(?=<)/gi,
  },
];
