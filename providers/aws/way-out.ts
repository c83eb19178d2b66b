import { PosternError, type PosternErrorCode } from "../../src/errors.ts";
import { classify, codeOf, neverArrived } from "./errors.ts";

interface WayOut {
  readonly code: PosternErrorCode;
  readonly when: (error: Error) => boolean;
  readonly message: (error: Error, region: string) => string;
  readonly hint: string;
}

/** What keeps even the first question from being answered, and what the user can do about it. The first row that fits counts. */
const waysOut: readonly WayOut[] = [
  {
    code: "CREDENTIALS_EXPIRED",
    when: ({ name, message }) =>
      /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/.test(name) ||
      (fromCredentials(name) && /expired/i.test(message)),
    message: () => "The AWS credentials have expired.",
    hint: "Sign in again (`aws sso login`, or new session credentials) and repeat the command.",
  },
  {
    code: "CREDENTIALS_MISSING",
    when: ({ name }) => fromCredentials(name),
    message: ({ message }) => `No AWS credentials could be loaded: ${message.replace(/\.$/, "")}.`,
    hint: "Set AWS_PROFILE or pass --profile, or run `aws configure sso`.",
  },
  {
    code: "REGION_UNKNOWN",
    when: ({ message }) =>
      /region/i.test(message) && /not accepted|not a valid host/i.test(message),
    message: (_, region) => `AWS has no region ${region}.`,
    hint: "Pass a region such as us-east-1 to --region, or correct AWS_REGION and the profile.",
  },
  {
    code: "ENDPOINT_UNREACHABLE",
    when: (error) => neverArrived(error) || /^(AbortError|TimeoutError)$/.test(error.name),
    message: (error, region) =>
      `AWS could not be reached in region ${region} (${codeOf(error) || "no answer in time"}).`,
    hint: "Check the network, the proxy, the region's name, and AWS_ENDPOINT_URL if it is set.",
  },
  {
    code: "CREDENTIALS_MISSING",
    when: (error) => classify(error)?.reason === "denied",
    message: ({ name }) => `AWS refuses these credentials (${name}).`,
    hint: "Check that the access key is active and belongs to the account you mean.",
  },
  {
    code: "ENDPOINT_UNREACHABLE",
    when: (error) => classify(error) !== undefined,
    message: (error) => `AWS gave no usable answer (${classify(error)?.detail ?? error.name}).`,
    hint: "Check AWS_ENDPOINT_URL if it is set, or repeat the command later.",
  },
];

/** The error in the user's terms; what is none of the above is given back as it is. */
export function explained(error: unknown, region: string): unknown {
  if (!(error instanceof Error) || error instanceof PosternError) return error;
  const found = waysOut.find(({ when }) => when(error));
  if (!found) return error;
  const { code, message, hint } = found;
  return new PosternError(code, message(error, region), { hint, cause: error });
}

export function regionUnknown(region: string): PosternError {
  return new PosternError(
    "REGION_UNKNOWN",
    `The AWS region ${region} is not enabled in this account.`,
    {
      hint: "List the enabled ones with `aws ec2 describe-regions` and pass one of them to --region.",
    },
  );
}

function fromCredentials(name: string): boolean {
  return name === "CredentialsProviderError" || name === "TokenProviderError";
}
