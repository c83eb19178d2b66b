import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { authentication } from "../../../providers/oci/credentials.ts";

const home = mkdtempSync(join(tmpdir(), "postern-oci-home-"));

beforeEach(() => {
  vi.stubEnv("HOME", home);
  for (const name of ["OCI_CLI_CONFIG_FILE", "OCI_CONFIG_FILE", "OCI_RESOURCE_PRINCIPAL_VERSION"])
    vi.stubEnv(name, undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

/** On a machine outside OCI the SDK's own message speaks of a region undefined. */
const outside = {
  InstancePrincipalsAuthenticationDetailsProviderBuilder: class {
    async build(): Promise<never> {
      throw new Error("Endpoint for auth service is not known in region undefined");
    }
  },
};

test("a machine without a configuration and outside OCI is told how to log in", async () => {
  // Only the part of the SDK that is asked is there.
  const asked: Promise<unknown> = Reflect.apply(authentication, undefined, [outside, {}]);
  await expect(asked).rejects.toMatchObject({
    code: "CREDENTIALS_MISSING",
    message: expect.stringContaining("no configuration at"),
    hint: expect.stringContaining("oci setup config"),
  });
});
