export const providers = ["aws", "azure", "gcp", "oci"] as const;
export type Provider = (typeof providers)[number];

/** What one credential is asked about. */
export interface Scope {
  readonly provider: Provider;
  /** AWS account id, Azure subscription id, GCP project id or OCI tenancy OCID. */
  readonly id: string;
  readonly name?: string;
  /** Regions to look at; the adapter has resolved them before collection starts. */
  readonly regions: readonly string[];
}
