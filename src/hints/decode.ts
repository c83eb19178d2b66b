import { gunzipSync } from "node:zlib";

/** Bytes one gzip stream may grow to, and all of one page together. */
const inflateCap = 1024 * 1024;
export const inflateBudget = 8 * inflateCap;

/** Inflated bytes that a page may still cost. */
export interface Budget {
  left: number;
}

export type Decoded =
  | { readonly kind: "text"; readonly text: string }
  /** Not readable, so nobody can say whether it holds a secret. */
  | { readonly kind: "opaque"; readonly because: string };

/** What base64 stands for; undefined when it is not base64. */
export function decodeBase64(text: string, budget: Budget): Decoded | undefined {
  const packed = text.replaceAll(/\s+/g, "");
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(packed)) return undefined;
  if (packed.replace(/=+$/, "").length % 4 === 1) return undefined;
  return readable(Buffer.from(packed, "base64"), budget);
}

function readable(bytes: Uint8Array, budget: Budget): Decoded {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return textOf(bytes);
  const cap = Math.min(inflateCap, budget.left);
  if (cap <= 0) return { kind: "opaque", because: "gzip, not inflated: too much in one page" };
  try {
    const inflated = gunzipSync(bytes, { maxOutputLength: cap });
    budget.left -= inflated.length;
    return textOf(inflated);
  } catch {
    budget.left -= cap;
    return { kind: "opaque", because: `gzip, broken or over ${cap} bytes` };
  }
}

// oxlint-disable-next-line no-control-regex -- they tell bytes from text
const control = /[\u0000-\u0008\u000B\u000E-\u001A\u001C-\u001F\u007F\uFFFD]/;

function textOf(bytes: Uint8Array): Decoded {
  const text = (isWide(bytes) ? wide : narrow).decode(bytes);
  if (text !== "" && !control.test(text)) return { kind: "text", text };
  return { kind: "opaque", because: `${bytes.length} bytes, not text` };
}

/** What is no text in them becomes U+FFFD. */
const narrow = new TextDecoder("utf-8");
const wide = new TextDecoder("utf-16le");

/** PowerShell and Windows user data: every second byte of ASCII is zero; perhaps after a byte order mark. */
function isWide(bytes: Uint8Array): boolean {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe;
  return (marked || bytes[1] === 0) && bytes[3] === 0;
}
