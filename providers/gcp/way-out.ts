import { PosternError, type PosternErrorCode } from "../../src/errors.ts";
import { classify, codeOf, isCredentialError } from "./errors.ts";

interface WayOut {
  readonly code: PosternErrorCode;
  readonly when: (error: Error) => boolean;
  readonly message: (error: Error) => string;
  readonly hint: string;
}

const signIn =
  "Run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS.";

/** What keeps even the first question from being answered, and what the user can do about it. The first row that fits counts. */
const waysOut: readonly WayOut[] = [
  {
    code: "CREDENTIALS_EXPIRED",
    when: (error) =>
      statusOf(error) === 401 || /invalid_grant|invalid_rapt|reauth|expired/i.test(error.message),
    message: () => "The Google Cloud credentials have expired or were revoked.",
    hint: signIn,
  },
  {
    code: "CREDENTIALS_MISSING",
    when: isCredentialError,
    message: ({ message }) =>
      `No Google Cloud credentials could be loaded: ${message.split("\n")[0]?.replace(/\.$/, "") ?? ""}.`,
    hint: signIn,
  },
  {
    code: "ENDPOINT_UNREACHABLE",
    when: ({ name, message, cause }) =>
      [name, cause instanceof Error ? cause.name : ""].some((each) =>
        /^(AbortError|TimeoutError)$/.test(each),
      ) || /operation was aborted/i.test(message),
    message: () => "Google Cloud did not answer in time.",
    hint: "Check the network, the proxy, and --gcp-endpoint if it is set.",
  },
  {
    code: "ENDPOINT_UNREACHABLE",
    when: (error) => statusOf(error) === 0 && classify(error) !== undefined,
    message: (error) => `Google Cloud could not be reached (${codeOf(error) || error.message}).`,
    hint: "Check the network, the proxy, and --gcp-endpoint if it is set.",
  },
];

/** The error in the user's terms; what is none of the above is given back as it is. */
export function explained(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof PosternError) return error;
  const found = waysOut.find(({ when }) => when(error));
  if (!found) return error;
  const { code, message, hint } = found;
  return new PosternError(code, message(error), { hint, cause: error });
}

/** The credential is good and names no project, and neither did the user. */
export function projectUnknown(): PosternError {
  return new PosternError("CREDENTIALS_MISSING", "The Google Cloud credentials name no project.", {
    hint: "Pass one with --scope, or set GOOGLE_CLOUD_PROJECT.",
  });
}

function statusOf(error: Error): number {
  const status: unknown = Reflect.get(error, "status");
  return error.name === "GcpError" && typeof status === "number" ? status : 0;
}
