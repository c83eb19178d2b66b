import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { account, verdicts, statement, url } from "./edge-words.ts";

describe("a distribution in front of a function URL", () => {
  const arn = `arn:aws:cloudfront::${account}:distribution/E1`;
  const distribution = (more: JsonObject, behaviour: JsonObject = {}): JsonObject => ({
    DistributionList: {
      Items: [
        {
          Id: "E1",
          ARN: arn,
          DomainName: "d1.cloudfront.net",
          Enabled: true,
          Origins: {
            Items: [
              {
                Id: "o1",
                DomainName: "u1.lambda-url.us-east-1.on.aws",
                OriginAccessControlId: "oac",
                CustomOriginConfig: {
                  HTTPPort: 80,
                  HTTPSPort: 443,
                  OriginProtocolPolicy: "https-only",
                },
              },
            ],
          },
          DefaultCacheBehavior: {
            TargetOriginId: "o1",
            ViewerProtocolPolicy: "https-only",
            ...behaviour,
          },
          ...more,
        },
      ],
    },
  });
  const signer = [
    statement("*", {
      Principal: { Service: "cloudfront.amazonaws.com" },
      Condition: { ArnLike: { "AWS:SourceArn": arn } },
    }),
  ];
  const through = (list: JsonObject, policy: readonly Json[] | undefined): string[] =>
    verdicts({ ...url(policy, "AWS_IAM"), cloudfront: { ListDistributions: list } }).filter(
      (line) => line.includes("d1.cloudfront.net"),
    );
  const way = "reachable d1.cloudfront.net > lambda-url 443->443 ipv4 internet";
  test("passes the signature for everyone when the function admits the distribution", () => {
    expect(through(distribution({}), signer)).toEqual([`${way} none`]);
  });
  test("is closed when the function admits another", () => {
    expect(through(distribution({}), undefined)).toEqual([
      "RESOURCE_POLICY_NOT_PUBLIC d1.cloudfront.net > lambda-url ipv4",
    ]);
  });
  test("asks for signed URLs with trusted key groups", () => {
    const signed = distribution({}, { TrustedKeyGroups: { Enabled: true } });
    expect(through(signed, signer)).toEqual([`${way} signed-url`]);
  });
  test("is off when it is disabled", () => {
    expect(through(distribution({ Enabled: false }), signer)).toEqual([
      "FRONTEND_DISABLED d1.cloudfront.net > lambda-url ipv4",
    ]);
  });
});
