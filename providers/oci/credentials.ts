import { generateKeyPairSync } from "node:crypto";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { PosternError } from "../../src/errors.ts";
import type { CollectSettings } from "../../src/model/adapter.ts";
import type { Signer } from "./transport.ts";

/** A credential of the SDK, as far as it is used. */
interface SdkProvider {
  getKeyId(): Promise<string>;
  getRegion?(): { readonly regionId?: string } | undefined;
}

/** The part of oci-common that is used. */
export interface OciCommon {
  readonly DefaultRequestSigner: new (provider: SdkProvider) => Signer;
  readonly ConfigFileAuthenticationDetailsProvider: new (
    file?: string,
    profile?: string,
  ) => SdkProvider;
  readonly SimpleAuthenticationDetailsProvider: new (
    tenancy: string,
    user: string,
    fingerprint: string,
    privateKey: string,
    passphrase: null,
    region: undefined,
  ) => SdkProvider;
  readonly InstancePrincipalsAuthenticationDetailsProviderBuilder: new () => {
    build(): Promise<SdkProvider>;
  };
  readonly ResourcePrincipalAuthenticationDetailsProvider: { builder(): SdkProvider };
  readonly EndpointBuilder: {
    createEndpointFromRegionId(template: string, region: string, service: string): string;
  };
}

export interface AuthProvider {
  readonly signer: Signer;
  readonly region: string | undefined;
  tenancy(): Promise<string>;
}

/** https://docs.oracle.com/en-us/iaas/Content/API/Concepts/sdk_authentication_methods.htm */
export async function authentication(
  common: OciCommon,
  settings: Pick<CollectSettings, "profile" | "endpoint">,
): Promise<AuthProvider> {
  const provider = await providerOf(common, settings);
  return {
    signer: new common.DefaultRequestSigner(provider),
    region: provider.getRegion?.()?.regionId,
    tenancy: async () => tenancyOf(await provider.getKeyId()),
  };
}

/** A resource principal where the platform offers one, then the configuration file, then the instance's own. */
async function providerOf(
  common: OciCommon,
  { profile, endpoint }: Pick<CollectSettings, "profile" | "endpoint">,
): Promise<SdkProvider> {
  const { env } = process;
  if (env["OCI_RESOURCE_PRINCIPAL_VERSION"] !== undefined)
    return common.ResourcePrincipalAuthenticationDetailsProvider.builder();
  const file = env["OCI_CLI_CONFIG_FILE"] ?? env["OCI_CONFIG_FILE"];
  const path = file ?? join(homedir(), ".oci", "config");
  if (existsSync(path)) {
    const name = profile ?? env["OCI_CLI_PROFILE"];
    return new common.ConfigFileAuthenticationDetailsProvider(path, name);
  }
  if (endpoint !== undefined && isLoopback(endpoint)) return throwaway(common);
  if (file !== undefined || profile !== undefined)
    throw new PosternError("CREDENTIALS_MISSING", `There is no OCI configuration at ${path}.`, {
      hint: "Run `oci setup config`, or name another file in OCI_CLI_CONFIG_FILE.",
    });
  return new common.InstancePrincipalsAuthenticationDetailsProviderBuilder()
    .build()
    .catch((cause: unknown) => {
      throw new PosternError(
        "CREDENTIALS_MISSING",
        `No OCI credentials could be loaded: there is no configuration at ${path}, and this machine is no OCI instance with a principal of its own.`,
        { hint: "Run `oci setup config`, or name a file in OCI_CLI_CONFIG_FILE.", cause },
      );
    });
}

/** A server on this machine gets a signature of a key that opens nothing. */
function throwaway(common: OciCommon): SdkProvider {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  return new common.SimpleAuthenticationDetailsProvider(
    "ocid1.tenancy.oc1..local",
    "ocid1.user.oc1..local",
    "00:11:22:33",
    pem,
    null,
    undefined,
  );
}

function isLoopback(endpoint: string): boolean {
  return /^http:\/\/(?:127\.|localhost[:/]|\[::1\])/.test(endpoint);
}

/** `<tenancy>/<user>/<fingerprint>`, or `ST$` and a token that names the tenancy in its claims. */
function tenancyOf(keyId: string): string {
  if (!keyId.startsWith("ST$")) return keyId.split("/")[0] ?? "";
  const [, payload = ""] = keyId.split(".");
  const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
  const tenancy = ["res_tenant", "tenant"]
    .map((name): unknown =>
      typeof claims === "object" && claims !== null ? Reflect.get(claims, name) : undefined,
    )
    .find((value) => typeof value === "string");
  return typeof tenancy === "string" ? tenancy : "";
}
