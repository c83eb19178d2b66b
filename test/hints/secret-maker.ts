// oxlint-disable typescript/no-unnecessary-template-expression -- split, so that no scanner takes them for leaks
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

export const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
export const lower = upper.toLowerCase();
export const digits = "0123456789";
export const hex = "0123456789abcdef";
export const word = upper + lower + digits;

/** The same characters in every run: a linear congruential generator (Numerical Recipes). */
export function maker(seed: number) {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[next(alphabet.length)] ?? "").join("");
}

export const base64 = (text: string): string => Buffer.from(text).toString("base64");
export const gzip = (text: string): string => gzipSync(text).toString("base64");

type Make = ReturnType<typeof maker>;
/** At least one character of each kind, as generators of keys give. */
export const mixed = (make: Make, length: number): string => `a7K${make(word, length - 3)}`;
export const pem = (make: Make, kind: string): string => {
  const lines = Array.from({ length: 6 }, () => make(`${word}+/`, 64));
  return (
    ["-----BEGIN", `${kind}PRIVATE KEY-----`].join(" ") +
    `\n${lines.join("\n")}\n${["-----END", `${kind}PRIVATE KEY-----`].join(" ")}`
  );
};
export const awsId = (make: Make): string => `AK${"IA"}${make(`${upper}234567`, 16)}`;
export const serviceAccount = (make: Make): { text: string; value: string } => {
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

export function one(name: string, text: (value: string) => string, value: string): Planted {
  return { name, text: text(value), values: [value] };
}
