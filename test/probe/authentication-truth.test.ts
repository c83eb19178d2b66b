import { assert, boolean, constantFrom, property, record, tuple, type Arbitrary } from "fast-check";
import { expect, test } from "vitest";
import { judgeAuthentication, type AuthenticationSigns } from "../../src/probe/authentication.ts";
import type { Reply } from "../../src/probe/transport.ts";

/** One way in which a refusal can look, and what it shows by itself. */
interface Look {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly shows: readonly Sign[];
}

type Sign =
  | "login"
  | "proxy"
  | "host"
  | "firewall"
  | "platform"
  | "gateway"
  | "oauth"
  | "key"
  | "password"
  | "credentials"
  | "result";

const challenges: readonly Look[] = [
  { shows: [] },
  { headers: { "www-authenticate": "Basic realm=a" }, shows: ["password"] },
  { headers: { "www-authenticate": "Negotiate" }, shows: ["password"] },
  { headers: { "www-authenticate": "Bearer" }, shows: [] },
  {
    headers: { "www-authenticate": 'Bearer resource_metadata="https://a.example/x"' },
    shows: ["oauth"],
  },
  { headers: { "www-authenticate": 'Bearer error="insufficient_scope"' }, shows: ["oauth"] },
  {
    headers: { "www-authenticate": 'Bearer authorization_uri="https://login.example/"' },
    shows: ["oauth"],
  },
  { headers: { "www-authenticate": "X-MCP-Auth realm=a" }, shows: ["key"] },
];
const bodies: readonly Look[] = [
  { shows: [] },
  { body: "No entry", shows: [] },
  { body: "Invalid Host header", shows: ["host"] },
  { body: '{"message":"Forbidden"}', shows: ["platform"] },
  { body: "Your client does not have permission to get URL /mcp", shows: ["platform"] },
  { body: "Jwt is missing", shows: ["gateway"] },
  { body: "Send the header X-API-Key", shows: ["key", "credentials"] },
  { body: '{"error":{"message":"Unauthorized"}}', shows: ["credentials"] },
  { body: '{"result":{"tools":["give an access token in X-API-Key"]}}', shows: ["result"] },
];
const fronts: readonly Look[] = [
  { shows: [] },
  { headers: { server: "nginx" }, shows: [] },
  { headers: { server: "AkamaiGHost", "content-type": "text/html" }, shows: ["firewall"] },
  { headers: { server: "AkamaiGHost", "content-type": "application/json" }, shows: [] },
  { headers: { location: "https://login.microsoftonline.com/x" }, shows: ["login"] },
  { headers: { location: "/other" }, shows: [] },
  { headers: { "x-goog-iap-generated-response": "true" }, shows: ["proxy"] },
  { headers: { "x-ms-middleware-request-id": "1" }, shows: ["proxy"] },
];

interface Observation {
  readonly status: number;
  readonly looks: readonly [challenge: Look, body: Look, front: Look];
  readonly listing: AuthenticationSigns["listing"];
  readonly hostCheck: boolean;
  readonly mtls: boolean;
  readonly refused: boolean;
  readonly published: boolean;
  readonly unread: boolean;
  readonly broken: boolean;
}

const observations: Arbitrary<Observation> = record({
  status: constantFrom(200, 302, 401, 403, 404, 406, 407, 421, 429, 500, 503),
  looks: tuple(constantFrom(...challenges), constantFrom(...bodies), constantFrom(...fronts)),
  listing: constantFrom("open", "empty", "toolless", "refused", "unasked"),
  hostCheck: boolean(),
  mtls: boolean(),
  refused: boolean(),
  published: boolean(),
  unread: boolean(),
  broken: boolean(),
});

/** The table of the research: what each observation means, the surest first. */
const truth: readonly (readonly [verdict: string, when: (seen: Seen) => boolean])[] = [
  ["mtls", ({ mtls }) => mtls],
  ["front-door", ({ status, shows }) => status === 302 && shows("login")],
  ["front-door", ({ shows }) => shows("proxy")],
  ["unknown", ({ status, shows }) => [403, 421].includes(status) && shows("host")],
  [
    "unknown",
    ({ status, shows, said }) =>
      [403, 406, 429, 503].includes(status) && shows("firewall") && said !== "",
  ],
  ["front-door", ({ status, shows }) => status === 403 && shows("platform")],
  ["front-door", ({ status, shows }) => status === 401 && shows("gateway")],
  ["oauth", ({ shows }) => shows("oauth")],
  ["static-secret", ({ challenge }) => challenge.shows.includes("key")],
  ["static-secret", ({ shows, heard }) => shows("key") && heard],
  ["static-secret", ({ status, shows }) => status >= 300 && shows("result")],
  ["oauth", ({ status, published }) => status === 401 && published],
  ["unknown", ({ status, unread, shows }) => status === 401 && unread && !shows("password")],
  ["static-secret", ({ status }) => status === 401 || status === 407],
  [
    "static-secret",
    ({ listing, shows, heard }) => listing === "refused" && shows("credentials") && heard,
  ],
  ["unknown", ({ listing }) => listing === "refused" || listing === "unasked"],
  ["host-check", ({ hostCheck }) => hostCheck],
  ["open", () => true],
];

interface Seen extends Observation {
  readonly shows: (sign: Sign) => boolean;
  readonly challenge: Look;
  readonly said: string;
  /** A good status says nothing about us when its body broke off. */
  readonly heard: boolean;
}

function expected(observation: Observation): string | undefined {
  const { looks, status, broken, refused } = observation;
  const [challenge, { body: said = "" }] = looks;
  const seen = {
    ...observation,
    status: refused ? status : 0,
    challenge: refused ? challenge : { shows: [] },
    shows: (sign: Sign): boolean => refused && looks.some(({ shows }) => shows.includes(sign)),
    said,
    heard: status >= 300 || !broken,
  };
  return truth.find(([, when]) => when(seen))?.[0];
}

function refusalOf({ status, looks, broken }: Observation): Reply {
  return {
    end: broken ? "reset" : "complete",
    status,
    headers: new Map(looks.flatMap(({ headers = {} }) => Object.entries(headers))),
    body: looks.map(({ body = "" }) => body).join(""),
    events: [],
    encoded: false,
    bytes: 100,
    tls: { mode: "none" },
    detail: undefined,
  };
}

test("every observation has the verdict that the truth table gives it", () => {
  assert(
    property(observations, (seen) => {
      const { listing, hostCheck, mtls, refused, published, unread } = seen;
      const fact = judgeAuthentication({
        listing,
        hostCheck,
        mtls,
        unread: unread && !published,
        ...(refused && { refusal: refusalOf(seen) }),
        ...(published && {
          metadata: { resource: "https://a.example/mcp", servers: [], mentionsMcp: true },
        }),
      });
      expect(fact.verdict).toBe(expected({ ...seen, unread: unread && !published }));
      expect(fact.advertisesOauth).toBe(published);
      if (fact.verdict === "open" || fact.verdict === "host-check") {
        expect(["open", "empty", "toolless"]).toContain(listing);
      }
    }),
    { numRuns: 6000 },
  );
});
