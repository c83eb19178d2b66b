export const demoServerKinds = [
  "file-gateway",
  "cloud-tools",
  "azure-tools",
  "gcloud-tools",
  "oci-tools",
  "everything",
  "notes",
  "modern-only",
  "api-key",
  "not-mcp",
] as const;
export type DemoServerKind = (typeof demoServerKinds)[number];

/** What answers at a public door of the demo: the address or name that a client dials, and who is behind it. */
export interface DemoServer {
  readonly workload: string;
  readonly address: string;
  readonly port: number;
  readonly kind: DemoServerKind;
}
