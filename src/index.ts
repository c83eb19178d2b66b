export { collectEstate } from "./audit/collect.ts";
export type { Collected, CollectInput } from "./audit/record-scope.ts";
export { decide, type Decided, type DecideInput } from "./audit/decide.ts";
export { decideNamed, type NamedInput } from "./audit/decide-named.ts";
export {
  admitAddresses,
  canonicalHost,
  distinctTargets,
  isAddress,
  parseTarget,
  parseTargetFile,
  targetLimits,
  toTarget,
  type NamedTarget,
} from "./audit/probe-targets.ts";
export { earlierRuns } from "./audit/earlier-runs.ts";
export { beginRun, resumeRun, sealSnapshots, type BegunRun } from "./audit/begun-run.ts";
export {
  openRecorded,
  openReport,
  openStored,
  recordedProbe,
  saveRun,
  writeDecisions,
  type RunRecord,
} from "./audit/run-files.ts";
export { redactFingerprints } from "./audit/redact-fingerprints.ts";
export { selectionOf, wantsScope, type Selection } from "./audit/selection.ts";
export { transcriptLine } from "./audit/transcript.ts";
export { runAwsIdentityCases } from "./conformance/identity-aws.ts";
export { runAzureIdentityCases } from "./conformance/identity-azure.ts";
export { runGcpIdentityCases } from "./conformance/identity-gcp.ts";
export { runIdentityCases } from "./conformance/identity-cases.ts";
export { readRoles, roleFiles, type ReadRole } from "./conformance/roles-file.ts";
export { runNetworkCases, type CaseResult } from "./conformance/network-cases.ts";
export { PosternError, errorCodes, type PosternErrorCode } from "./errors.ts";
export { signingKey, verifyingKey } from "./evidence/dsse.ts";
export { isPartial } from "./evidence/run-directory.ts";
export type { StoredScope } from "./evidence/snapshot-reader.ts";
export { verifyRun, type Verification } from "./evidence/verify.ts";
export { diffReports, onlyNew, type Diff } from "./history/diff.ts";
export { withFirstSeen } from "./history/first-seen.ts";
export { applyMutes, type Mute } from "./history/mutes.ts";
export { parseMutes } from "./history/parse-mutes.ts";
export { diffText } from "./history/diff-text.ts";
export type { CallCheck, CollectSettings, ProviderAdapter } from "./model/adapter.ts";
export type { Finding } from "./model/finding.ts";
export { providers, type Provider, type Scope } from "./model/provider.ts";
export type { Report } from "./model/report.ts";
export type { Fingerprint, Target } from "./model/server.ts";
export { probeAll } from "./probe/probe-all.ts";
export { explainPath, familyOfCidr, type PathAnswer } from "./reach/explain-path.ts";
export { isFormatName, reporters, type FormatName } from "./report/index.ts";
export { reportJsonSchema } from "./report/schema.ts";
export { clean } from "./report/text.ts";
export { priced } from "./cost/priced.ts";
export { findingText } from "./report/finding-text.ts";
export { buildEstate } from "./estate.ts";
export { judge } from "./permissions/power.ts";
export type { Inventory } from "./model/inventory.ts";
export { estateFrom } from "./permissions/merge-paths.ts";
export type { TagKeys } from "./rules/owner.ts";
export { groupByHint, parseGroupBy } from "./report/groups.ts";
export { trendOf, trendText } from "./history/trend.ts";
