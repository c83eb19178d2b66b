import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function opensslLacks(): string | undefined {
  const { status } = spawnSync("openssl", ["version"]);
  return status === 0 ? undefined : "openssl is not installed";
}

/** A key and a certificate that it signs itself, made by openssl. */
export function makeCertificate(): { readonly key: Buffer; readonly cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), "postern-certificate-"));
  try {
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    const made = spawnSync(
      "openssl",
      ["req", "-x509", ...curve, "-subj", "/CN=bench", "-days", "30", "-keyout", key, "-out", cert],
      { encoding: "utf8" },
    );
    if (made.status !== 0) throw new Error(`openssl made no certificate: ${made.stderr}`);
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
