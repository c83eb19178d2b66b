/** Names that say what they hold, and values that are a reference to a secret rather than one. */
interface NameRule {
  readonly type: "password" | "secret" | "token" | "api-key";
  /** Ends a word of the name: `mysqlpassword`, `csrfToken`. */
  readonly ends: RegExp;
}

const nameRules: readonly NameRule[] = [
  { type: "password", ends: /(?:password|passwd|passphrase|passcode)$/ },
  { type: "password", ends: /^(?:pass|pwd)$/ },
  { type: "api-key", ends: /(?:apikey|accesskey|secretkey|authkey|privatekey|accountkey)$/ },
  { type: "secret", ends: /secret$/ },
  { type: "token", ends: /token$/ },
  { type: "secret", ends: /^credentials?$/ },
];

/** `<word> key`: these words make a key a secret one. */
const keyWords =
  /^(?:api|access|auth|account|private|signing|encryption|master|shared|storage|service|function|host|admin|webhook)$/;

/** A word after the keyword that makes the name one of something about the secret. */
const aboutIt =
  /^(?:name|names|arn|id|ids|ref|refs|url|uri|endpoint|path|file|filename|dir|ttl|type|policy|version|versions|count|length|size|expiry|expires|expiration|manager|provider|rotation|enabled|required|timeout|store|location|last|used|authentication|algorithm|format|lifetime|limit|limits|usage|min|max|age|reset|prefix|header|field|mode|scope|scopes|issuer|audience|status|state|created|updated|date|time|at|from|engine|group|class|namespace|permissions|signer|config|backend|source|placeholder|hint|label)$/;

/** A word before the keyword that makes it a marker of a list or a request, not a secret. */
const marker = /^(?:next|page|continuation|pagination|skip|public)$/;

/** The same, as fields of APIs: `ClientToken`, but not `CLIENT_TOKEN`. */
const markerField =
  /^[a-z]*(?:client|request|idempotency|start|starting|change|sync|lock|owner)Token$/i;

/** The name of a host with a keyword in it: `token.actions.githubusercontent.com:sub`. */
const hostName = /[\w-]\.(?:com|net|org|io|dev|cloud)(?::|$)/;

/** What a name promises to hold, if that is a secret. */
export function secretNamed(name: string): NameRule["type"] | undefined {
  if (hostName.test(name) || markerField.test(name)) return undefined;
  const words = wordsOf(name);
  for (const [index, word] of words.entries()) {
    const type = typeOf(word, words[index - 1]);
    if (type === undefined || isOtherPass(word, words[index + 1])) continue;
    const marked = (type === "token" || type === "api-key") && marker.test(words[index - 1] ?? "");
    if (marked || words.slice(index + 1).some((after) => aboutIt.test(after))) continue;
    return type;
  }
  return undefined;
}

/** `PassRole`, `passThrough`; but `pass_phrase`. */
function isOtherPass(word: string, after: string | undefined): boolean {
  return /^(?:pass|pwd)$/.test(word) && after !== undefined && after !== "phrase";
}

function typeOf(word: string, before: string | undefined): NameRule["type"] | undefined {
  if (word === "key") return keyWords.test(before ?? "") ? "api-key" : undefined;
  return nameRules.find(({ ends }) => ends.test(word))?.type;
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/\d+$/, ""))
    .filter((word) => word !== "");
}

const notSecret: readonly RegExp[] = [
  // References: shell, CI, templates, Terraform, CloudFormation, code, secret stores.
  /^\$(?:[({]|$)/,
  /^\$(?:env:)?(?:[A-Z_][A-Z0-9_]*|[A-Za-z]+(?:[_.][A-Za-z]+)*|\d)$/,
  /^%[\w.]+%$/,
  /^(?:\{\{|`|\\?\$\{)/,
  /^<(?:[^<>]*>|[A-Za-z ./-]*)$/,
  /^!(?:Ref|Sub|GetAtt|ImportValue|Join|FindInMap|Select|vault|env|secret)\b/i,
  /^@Microsoft\.KeyVault/i,
  /^(?:arn:|ocid1\.|https?:\/\/|file:|env:|ssm:|vault:|op:\/\/|ref\+|secretsmanager:|secretref:|keyvault|resolve:|sm:\/\/|gcp-?sm:|ENC\[)/i,
  /^projects\/[^/]+\/secrets\//,
  /^\/subscriptions\//i,
  /^(?:args|self|this|config|cfg|os|process|env|settings|options|opts|var|local|data|module|each|params|event|request|req|input|props|secrets|steps|inputs)[.[]/,
  /^[A-Za-z_][\w.]*\(\)?$/,
  // A path to where the secret is.
  /^(?!(?=.*[A-Z])(?=.*\d).{20,}$)(?:~|\.{0,2})(?:\/[A-Za-z0-9_.-]{1,40}){2,}\/?$/,
  /^(?:[A-Za-z]:\\)/,
  // Masks and blanks.
  /^(?:\*+|x{3,}|\.{2,}|-+|_+)$/i,
  /^(?:your|insert|enter|replace|put)[-_ ][\w -]*$/i,
  /^\[(?:secret|binary|gzip):/,
  // Words of schemas and settings.
  /^(?:string|str|text|boolean|bool|number|int|integer|object|array|any|null|none|nil|undefined|true|false|yes|no|on|off|required|optional|enabled|disabled|default|auto|basic|bearer|redacted|hidden|masked|sensitive|await|async|new|return|n\/a)$/i,
  // Identifiers.
  /^(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}$/,
  /^(?:sha256|sha512|sha1|md5):/i,
];

/** A value that stands where a secret would, and is none. */
export function isReference(value: string): boolean {
  return notSecret.some((shape) => shape.test(value));
}

/** The value of something named like `type` is a secret of at least 3 characters. */
export function isSecretValue(type: NameRule["type"], value: string): boolean {
  if (value.length < 3 || isReference(value)) return false;
  // Counts, ports, durations and versions: `token: 4096`.
  return type === "password" || !/^[\d.,:]{1,12}[a-z]{0,2}$/i.test(value);
}
