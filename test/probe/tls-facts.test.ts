import { describe, expect, test } from "vitest";
import { tlsFacts } from "../../src/probe/tls-facts.ts";

let count = 0;

/** A socket that shows a certificate of its own. */
function socketWith(more: object = {}, protocol: string | null = "TLSv1.3") {
  count += 1;
  const certificate = {
    fingerprint256: `AB:CD:${count}`,
    subjectAltName: "DNS:a.example.com",
    subject: "CN=a",
    issuer: "CN=a",
    validTo: "Jan  2 03:04:05 2030 GMT",
    publicKey: "key",
    verified: 0,
    verify(key: string) {
      certificate.verified += 1;
      return key === "key";
    },
    ...more,
  };
  return {
    certificate,
    getProtocol: () => protocol,
    getPeerX509Certificate: () => certificate,
  };
}

describe("what a handshake shows", () => {
  test("is the version and the certificate", () => {
    const socket = socketWith();
    expect(tlsFacts(socket)).toEqual({
      mode: "tls",
      version: "TLSv1.3",
      certificate: {
        sha256: `abcd${count}`,
        names: ["a.example.com"],
        notAfter: "2030-01-02T03:04:05.000Z",
        selfSigned: true,
      },
    });
  });

  test("may be neither", () => {
    const bare = { getProtocol: () => null, getPeerX509Certificate: () => undefined };
    expect(tlsFacts(bare)).toEqual({ mode: "tls" });
  });

  test.each([
    [{ issuer: "CN=b" }, false],
    [{ verify: () => false }, false],
    [{}, true],
  ])("is signed by itself only when issuer and signature say so: %j", (more, selfSigned) => {
    expect(tlsFacts(socketWith(more)).certificate?.selfSigned).toBe(selfSigned);
  });

  test.each([
    [undefined, []],
    ["DNS:a, IP Address:127.0.0.1, DNS:*.b", ["a", "127.0.0.1", "*.b"]],
    ["URI:x, email:y, DNS:", []],
    ["xDNS:a, DNS:a b, DNS:ä", []],
    [`DNS:${"a".repeat(253)}`, ["a".repeat(253)]],
    [`DNS:${"a".repeat(254)}`, []],
  ])("names of %j are %j", (subjectAltName, names) => {
    expect(tlsFacts(socketWith({ subjectAltName })).certificate?.names).toEqual(names);
  });

  test("has at most 100 names", () => {
    const names = Array.from({ length: 101 }, (_, index) => `DNS:n${index}`);
    const facts = tlsFacts(socketWith({ subjectAltName: names.join(", ") }));
    expect(facts.certificate?.names).toHaveLength(100);
  });

  test.each(["Bad time value", "", "tomorrow"])("has no end that %j could be", (validTo) => {
    expect(tlsFacts(socketWith({ validTo })).certificate?.notAfter).toBe("");
  });
});

test("the signature of a certificate is checked once", () => {
  const socket = socketWith();
  tlsFacts(socket);
  tlsFacts(socket);
  expect(socket.certificate.verified).toBe(1);
  for (let index = 0; index < 512; index += 1) tlsFacts(socketWith());
  tlsFacts(socket);
  expect(socket.certificate.verified).toBe(2);
});
