import { backdoor } from "./backdoor.ts";
import { exposedIdle } from "./exposed-idle.ts";
import { exposedUnowned } from "./exposed-unowned.ts";
import { grantsExceedTools } from "./grants-exceed-tools.ts";
import { identityAdmin } from "./identity-admin.ts";
import { identityBroad } from "./identity-broad.ts";
import { identityEscalates } from "./identity-escalates.ts";
import { identityManagesCloud } from "./identity-manages-cloud.ts";
import { identityReadsSensitive } from "./identity-reads-sensitive.ts";
import { identityShared } from "./identity-shared.ts";
import { mcpDevTool } from "./mcp-dev-tool.ts";
import { mcpExposed } from "./mcp-exposed.ts";
import { mcpHostCheckOnly } from "./mcp-host-check-only.ts";
import { mcpOpen } from "./mcp-open.ts";
import { mcpPlaintext } from "./mcp-plaintext.ts";
import { mcpStaticSecret } from "./mcp-static-secret.ts";
import { mcpSuspected } from "./mcp-suspected.ts";
import { metadataUnprotected } from "./metadata-unprotected.ts";
import { noAuditTrail } from "./no-audit-trail.ts";
import { noAttribution } from "./no-attribution.ts";
import { noDetection } from "./no-detection.ts";
import { grantsUnused } from "./grants-unused.ts";
import { keyUnrotated } from "./key-unrotated.ts";
import { mcpLateral } from "./mcp-lateral.ts";
import { toolsChanged } from "./tools-changed.ts";
import type { Rule } from "./rule.ts";
import { staticCredentials } from "./static-credentials.ts";
import { toolAnnotationsMislead } from "./tool-annotations-mislead.ts";
import { toolTextSuspicious } from "./tool-text-suspicious.ts";
import { toolsDestructive } from "./tools-destructive.ts";
import { toolsExecuteCode } from "./tools-execute-code.ts";
import { toolsManageCloud } from "./tools-manage-cloud.ts";
import { toolsReadData } from "./tools-read-data.ts";

/** Every rule; a file that is not listed here does not exist for an audit. */
export const rules: readonly Rule[] = [
  backdoor,
  mcpOpen,
  mcpExposed,
  mcpPlaintext,
  mcpStaticSecret,
  mcpHostCheckOnly,
  mcpDevTool,
  mcpLateral,
  mcpSuspected,
  identityAdmin,
  identityEscalates,
  identityBroad,
  identityReadsSensitive,
  identityManagesCloud,
  identityShared,
  grantsExceedTools,
  grantsUnused,
  toolsManageCloud,
  toolsExecuteCode,
  toolsDestructive,
  toolsReadData,
  toolAnnotationsMislead,
  toolTextSuspicious,
  toolsChanged,
  staticCredentials,
  keyUnrotated,
  metadataUnprotected,
  noAuditTrail,
  noAttribution,
  noDetection,
  exposedIdle,
  exposedUnowned,
];
