export const providers = ["aws", "azure", "gcp", "oci"] as const;
export type Provider = (typeof providers)[number];

/** Where the subject of a report lives: in a cloud, or `named` for a target that no inventory holds (ADR 12). */
export const origins = [...providers, "named"] as const;
export type Origin = (typeof origins)[number];

/** What one credential is asked about. */
export interface Scope {
  readonly provider: Provider;
  /** AWS account id, Azure subscription id, GCP project id or OCI tenancy OCID. */
  readonly id: string;
  readonly name?: string;
  /** Regions to look at; the adapter has resolved them before collection starts. */
  readonly regions: readonly string[];
}
