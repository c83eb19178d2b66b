/** Stable, machine-readable reasons. Scripts may match on them; the wording of messages may change. */
export const errorCodes = [
  "CREDENTIALS_MISSING",
  "CREDENTIALS_EXPIRED",
  "ENDPOINT_UNREACHABLE",
  "REGION_UNKNOWN",
  "SDK_MISSING",
  "OPTION_INVALID",
  "CONFIG_INVALID",
  "FORMAT_UNKNOWN",
  "FILE_UNREADABLE",
  "FILE_UNWRITABLE",
  "FILE_INVALID",
  "SNAPSHOT_INVALID",
  "RUN_NOT_FOUND",
  "REPORT_INVALID",
  "MANIFEST_INVALID",
  "MUTES_INVALID",
  "TARGET_REFUSED",
  "CASE_INVALID",
] as const;
export type PosternErrorCode = (typeof errorCodes)[number];

/**
 * A failure the user can act on: printed as one sentence and a hint, exit code 1, no stack.
 *
 * Anything else that escapes is a defect of Postern and is reported as one, with its stack. What one cloud refuses
 * to show is not an error: it is recorded as a gap and the audit goes on.
 */
export class PosternError extends Error {
  override readonly name = "PosternError";
  readonly code: PosternErrorCode;
  /** What the user can do about it, in one imperative sentence. */
  readonly hint: string;

  constructor(code: PosternErrorCode, message: string, options: { hint: string; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}
