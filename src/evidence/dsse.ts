import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { PosternError } from "../errors.ts";
import { sha256 } from "../hash.ts";

const payloadType = "application/vnd.in-toto+json";

/** @see https://github.com/secure-systems-lab/dsse/blob/master/envelope.md */
export interface Envelope {
  readonly payload: Uint8Array;
  readonly signatures: readonly { readonly keyid: string; readonly sig: Uint8Array }[];
}

/** @throws {PosternError} OPTION_INVALID for anything but an unencrypted ed25519 private key. */
export function signingKey(pem: Uint8Array, file: string): KeyObject {
  return ed25519(file, "private", () => createPrivateKey(Buffer.from(pem)));
}

/** @throws {PosternError} OPTION_INVALID for anything but an ed25519 key. */
export function verifyingKey(pem: Uint8Array, file: string): KeyObject {
  return ed25519(file, "public", () => createPublicKey(Buffer.from(pem)));
}

/** SHA-256 of the public key's SPKI, in hex; a hint which key to take, and no proof. */
export function keyIdOf(key: KeyObject): string {
  const open = key.type === "private" ? createPublicKey(key) : key;
  return sha256(open.export({ type: "spki", format: "der" }));
}

/** The text of an envelope with one signature. */
export function seal(payload: Uint8Array, key: KeyObject): string {
  const envelope = {
    payload: Buffer.from(payload).toString("base64"),
    payloadType,
    signatures: [
      { keyid: keyIdOf(key), sig: sign(null, encoded(payload), key).toString("base64") },
    ],
  };
  return `${JSON.stringify(envelope, undefined, 2)}\n`;
}

/** Whether one of the signatures is of this key; what they say about themselves counts for nothing. */
export function isSignedBy({ payload, signatures }: Envelope, key: KeyObject): boolean {
  return signatures.some(({ sig }) => verify(null, encoded(payload), key, sig));
}

/** @throws {Error} that names the member that is wrong. */
export function parseEnvelope(text: string): Envelope {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value)) throw new Error("is not an object");
  if (value["payloadType"] !== payloadType) throw new Error(`payloadType is not ${payloadType}`);
  const { signatures } = value;
  if (!Array.isArray(signatures) || signatures.length === 0 || signatures.length > 100) {
    throw new Error("signatures is not a list of 1 to 100");
  }
  return {
    payload: base64(value["payload"], "payload"),
    signatures: signatures.map((item: unknown, index) => {
      if (!isRecord(item)) throw new Error(`signatures[${index}] is not an object`);
      const { keyid } = item;
      return {
        keyid: typeof keyid === "string" && /^[0-9a-f]{64}$/.test(keyid) ? keyid : "unnamed",
        sig: base64(item["sig"], `signatures[${index}].sig`),
      };
    }),
  };
}

/** DSSE's pre-authentication encoding: what is really signed. */
function encoded(payload: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

function base64(value: unknown, name: string): Uint8Array {
  const known =
    typeof value === "string" && value.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(value);
  if (!known) throw new Error(`${name} is not base64`);
  return Buffer.from(value, "base64");
}

function ed25519(file: string, kind: "private" | "public", load: () => KeyObject): KeyObject {
  const wanted = `an ed25519 ${kind} key in PEM`;
  const hint =
    "Make a pair: openssl genpkey -algorithm ed25519 -out KEY.pem, and openssl pkey -in KEY.pem -pubout -out PUBLIC.pem.";
  let key: KeyObject;
  try {
    key = load();
  } catch (cause) {
    throw new PosternError("OPTION_INVALID", `${file} is not ${wanted}, or has a passphrase`, {
      hint,
      cause,
    });
  }
  if (key.asymmetricKeyType === "ed25519") return key;
  throw new PosternError(
    "OPTION_INVALID",
    `${file} holds a key of type ${key.asymmetricKeyType ?? "unknown"}, not ${wanted}`,
    { hint },
  );
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
