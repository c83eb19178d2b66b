import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { account, verdicts, statement, url } from "./edge-words.ts";
import { judged, type Config } from "./variations.ts";

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
  describe("that admits it by the older permission alone", () => {
    const older = signer.map((each) => ({ ...each, Action: "lambda:InvokeFunctionUrl" }));
    const made = (time: string): string[] =>
      verdicts({
        ...url(older, "AWS_IAM", time),
        cloudfront: { ListDistributions: distribution({}) },
      }).filter((line) => line.includes("d1.cloudfront.net"));
    test("is closed when the URL is new", () => {
      expect(made("2025-11-01T00:00:00Z")).toEqual([
        "RESOURCE_POLICY_NOT_PUBLIC d1.cloudfront.net > lambda-url ipv4",
      ]);
    });
    test("may still pass when the URL is old", () => {
      expect(made("2025-09-30T00:00:00Z")).toEqual([`${way} none`]);
    });
    test("is closed by the newer permission alone, however old the URL is", () => {
      const newer = signer.map((each) => ({ ...each, Action: "lambda:InvokeFunction" }));
      const config = {
        ...url(newer, "AWS_IAM", "2024-01-01T00:00:00Z"),
        cloudfront: { ListDistributions: distribution({}) },
      };
      expect(verdicts(config)).toContain(
        "RESOURCE_POLICY_NOT_PUBLIC d1.cloudfront.net > lambda-url ipv4",
      );
    });
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

/** Case aws-071 is a distribution with a VPC origin. */
describe("a distribution of case aws-071", () => {
  const changed = (
    change: (distribution: Config, config: Config) => void,
    gaps: JsonObject[] = [],
  ) =>
    judged(
      "aws-071",
      (config) => {
        const [own] = config.cloudfront.ListDistributions.DistributionList.Items;
        change(own, config);
      },
      gaps,
    );
  const way = "i-mcp tcp/8000-8000 d111.cloudfront.net > alb-1:443 internet ipv4";
  const tenant = (more: JsonObject = {}) => ({
    DistributionId: "E1",
    Domains: [{ Domain: "mcp.example.com" }],
    Enabled: true,
    ...more,
  });
  const forTenants = (tenants: JsonObject[]) => (own: Config, config: Config) => {
    own.ConnectionMode = "tenant-only";
    config.cloudfront.ListDistributionTenants = { DistributionTenantList: tenants };
  };

  test("serves the names of its tenants, and none of its own", () => {
    const { lines, exposures } = changed(forTenants([tenant()]));
    expect(lines).toEqual([way]);
    expect(exposures[0]!.entry.hosts).toEqual(["mcp.example.com"]);
    expect(exposures[0]!.entry).not.toHaveProperty("address");
  });

  test.each<[string, JsonObject[]]>([
    ["without a tenant", []],
    ["with a tenant that is off", [tenant({ Enabled: false })]],
    ["with another's tenant", [tenant({ DistributionId: "E2" })]],
  ])("serves no one %s", (_, tenants) => {
    expect(changed(forTenants(tenants)).lines).toEqual([]);
  });

  test("is unknown where its tenants may not be listed", () => {
    const call = "cloudfront:ListDistributionTenants";
    expect(changed(forTenants([]), [{ call }]).lines).toEqual([`${way} unknown`]);
  });

  test("is off for its tenants too when it is disabled", () => {
    const off = (own: Config, config: Config) => {
      forTenants([tenant()])(own, config);
      own.Enabled = false;
    };
    expect(changed(off).lines).toEqual([]);
  });

  test.each<[string, Config, boolean]>([
    ["FunctionAssociations", { Items: [{ EventType: "viewer-request", FunctionARN: "f" }] }, true],
    ["LambdaFunctionAssociations", { Items: [{ EventType: "viewer-request" }] }, true],
    ["LambdaFunctionAssociations", { Items: [{ EventType: "origin-response" }] }, false],
  ])("may have code of %s that refuses requests", (key, list, asked) => {
    const { lines } = changed((own) => {
      own.DefaultCacheBehavior[key] = list;
    });
    expect(lines).toEqual([asked ? `${way} maybe` : way]);
  });

  test.each<[string, (own: Config) => void, string]>([
    [
      "is a condition where countries are told apart",
      (own) => {
        own.Restrictions = { GeoRestriction: { RestrictionType: "blacklist", Items: ["SE"] } };
      },
      `${way} maybe`,
    ],
    [
      "is a condition where a web ACL is asked",
      (own) => {
        own.WebACLId = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/1";
      },
      `${way} maybe`,
    ],
    [
      "is a gate where a certificate is required",
      (own) => {
        own.ViewerMtlsConfig = { Mode: "required" };
      },
      `${way} mtls`,
    ],
    [
      "is none where a certificate is passed through",
      (own) => {
        own.ViewerMtlsConfig = { Mode: "passthrough" };
      },
      way,
    ],
    [
      "is a gate where signers are trusted",
      (own) => {
        own.DefaultCacheBehavior.TrustedSigners = { Enabled: true, Items: ["self"] };
      },
      `${way} signed-url`,
    ],
  ])("%s", (_, change, wanted) => {
    expect(changed(change).lines).toEqual([wanted]);
  });
});
