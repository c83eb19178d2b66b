/**
 * Why an address must never be contacted, or undefined when it may be. Names pass: what they resolve to is asked again
 * before the connection opens.
 *
 * Metadata services: AWS https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html,
 * Azure https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16,
 * GCP https://cloud.google.com/compute/docs/metadata/overview, OCI
 * https://github.com/oracle/oci-python-sdk (instance_principals_security_token_signer.py); credentials of pods
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html.
 */
export function refuseAddress(address: string): string | undefined {
  // Asked before each request of a conversation.
  if (allowed.has(address)) return undefined;
  const refusal = refusalOf(address);
  if (refusal !== undefined) return refusal;
  if (allowed.size >= mostRemembered) allowed.clear();
  allowed.add(address);
  return undefined;
}

const allowed = new Set<string>();
const mostRemembered = 4096;

function refusalOf(address: string): string | undefined {
  const groups = parseAddress(address);
  if (groups === undefined) return refusedName(address);
  if (groups.length === 4) return refuseIpv4(groups);
  const embedded = embeddedIpv4(groups);
  return embedded === undefined ? refuseIpv6(groups) : refuseIpv4(embedded);
}

const metadataNames = new Set(["metadata.google.internal", "metadata", "instance-data"]);
const metadataIpv4 = new Set(["168.63.129.16", "100.100.100.200", "192.0.0.192"]);
const metadataIpv6 = new Set([
  "fd00:ec2:0:0:0:0:0:254",
  "fd00:ec2:0:0:0:0:0:23",
  "fd20:ce:0:0:0:0:0:254",
  "fd00:c1:0:0:0:0:a9fe:a9fe",
]);

function refusedName(name: string): string | undefined {
  const plain = name.toLowerCase().replace(/\.$/, "");
  return metadataNames.has(plain) ? `${plain} is a metadata service` : undefined;
}

function refuseIpv4(octets: readonly number[]): string | undefined {
  const [a = 0, b = 0] = octets;
  const text = octets.join(".");
  if (a === 169 && b === 254) return `${text} is link-local, where metadata services live`;
  if (metadataIpv4.has(text)) return `${text} is a metadata service`;
  if (a === 0) return `${text} is unspecified`;
  if (a >= 224 && a < 240) return `${text} is multicast`;
  return text === "255.255.255.255" ? `${text} is broadcast` : undefined;
}

function refuseIpv6(groups: readonly number[]): string | undefined {
  const [first = 0] = groups;
  const text = groups.map((group) => group.toString(16)).join(":");
  if (groups.every((group) => group === 0)) return "the unspecified IPv6 address";
  if ((first & 0xffc0) === 0xfe80) return `${text} is link-local`;
  if ((first & 0xff00) === 0xff00) return `${text} is multicast`;
  return metadataIpv6.has(text) ? `${text} is a metadata service` : undefined;
}

/** IPv4 inside an IPv6 address: mapped, compatible (not :: and ::1), NAT64 and 6to4. */
function embeddedIpv4(groups: readonly number[]): number[] | undefined {
  const [g0 = 0, g1 = 0, g2 = 0] = groups;
  const tail = groups.slice(6);
  const zeros = groups.slice(0, 5).every((group) => group === 0);
  const mapped = zeros && groups[5] === 0xffff;
  const compatible = zeros && groups[5] === 0 && groups[6] !== 0;
  const nat64 = g0 === 0x64 && g1 === 0xff9b;
  if (mapped || compatible || nat64) return octetsOf(tail);
  return g0 === 0x2002 ? octetsOf([g1, g2]) : undefined;
}

function octetsOf(groups: readonly number[]): number[] {
  return groups.flatMap((group) => [group >> 8, group & 0xff]);
}

/** Four octets or eight groups; the URL parser also reads the odd spellings (decimal, hexadecimal, short forms). */
function parseAddress(address: string): number[] | undefined {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const spelled = bare.includes(":") ? `http://[${bare}]/` : `http://${bare}/`;
  if (!URL.canParse(spelled)) return undefined;
  const { hostname } = new URL(spelled);
  if (/^\d+(\.\d+){3}$/.test(hostname)) return hostname.split(".").map(Number);
  return hostname.startsWith("[") ? expandIpv6(hostname.slice(1, -1)) : undefined;
}

function expandIpv6(text: string): number[] {
  const [head = "", tail] = text.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
}
