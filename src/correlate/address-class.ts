/** `name` is a host name that a provider gave out; `invalid` anything else that is no address. */
export type AddressClass = "public" | "private" | "never" | "name" | "invalid";

interface Block {
  readonly base: number;
  /** Prefix length. */
  readonly length: number;
  readonly kind: "private" | "never";
}

/** IANA special-purpose registries: https://www.iana.org/assignments/iana-ipv4-special-registry */
const ipv4Blocks: readonly Block[] = [
  { base: ipv4(0, 0), length: 8, kind: "never" },
  { base: ipv4(10, 0), length: 8, kind: "private" },
  { base: ipv4(100, 64), length: 10, kind: "private" },
  { base: ipv4(127, 0), length: 8, kind: "never" },
  { base: ipv4(169, 254), length: 16, kind: "never" },
  { base: ipv4(172, 16), length: 12, kind: "private" },
  { base: ipv4(192, 0), length: 24, kind: "never" },
  { base: ipv4(192, 168), length: 16, kind: "private" },
  { base: ipv4(198, 18), length: 15, kind: "private" },
  { base: ipv4(224, 0), length: 4, kind: "never" },
  { base: ipv4(240, 0), length: 4, kind: "never" },
];

/** Metadata services outside link-local space: Azure's wire server, and the two IPv6 ones of AWS and GCP. */
const metadata: ReadonlySet<string> = new Set([
  "168.63.129.16",
  "100.100.100.200",
  "fd00:ec2::254",
  "fd20:ce::254",
]);

/** Domains under which the providers name front doors; no customer can point a name below them at will. */
const providerDomains: readonly string[] = [
  "amazonaws.com",
  "awsglobalaccelerator.com",
  "awsapprunner.com",
  "cloudfront.net",
  "on.aws",
  "azurewebsites.net",
  "azurecontainerapps.io",
  "azurecontainer.io",
  "azurefd.net",
  "azure-api.net",
  "cloudapp.azure.com",
  "run.app",
  "cloudfunctions.net",
  "appspot.com",
  "gateway.dev",
  "oraclecloud.com",
  "oci.customer-oci.com",
];

/** What an address is for the question whether it may be contacted. */
export function addressClass(address: string): AddressClass {
  if (metadata.has(address.toLowerCase())) return "never";
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) return classOf4(address.split(".").map(Number));
  if (/^[0-9a-f:.]+$/i.test(address) && address.includes(":"))
    return classOf6(address.toLowerCase());
  const name = address.toLowerCase();
  const given = providerDomains.some((domain) => name.endsWith(`.${domain}`));
  return given && /^[a-z0-9.-]{1,253}$/.test(name) ? "name" : "invalid";
}

function classOf4(octets: readonly number[]): AddressClass {
  if (octets.some((octet) => octet > 255)) return "invalid";
  const value = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const block = ipv4Blocks.find(
    ({ base, length }) =>
      Math.floor(value / 2 ** (32 - length)) === Math.floor(base / 2 ** (32 - length)),
  );
  return block?.kind ?? "public";
}

/** Only 2000::/3 is handed out as public; an embedded IPv4 address counts as what it embeds. */
function classOf6(address: string): AddressClass {
  const embedded = /^(?:::ffff:|::|64:ff9b::)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address)?.[1];
  if (embedded !== undefined) return addressClass(embedded);
  const first = Number.parseInt(
    address.startsWith("::") ? "0" : (address.split(":")[0] ?? "0"),
    16,
  );
  if (first >= 0xfc00 && first <= 0xfdff) return "private";
  return first >= 0x2000 && first <= 0x3fff ? "public" : "never";
}

function ipv4(first: number, second: number): number {
  return (first * 256 + second) * 65_536;
}
