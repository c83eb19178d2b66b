/** Texts of every production of the policy grammar, each with the part of the tree it must give. */
export type Production = readonly [text: string, tree: unknown];

const named = (kind: string, ...names: string[]) => ({
  kind: "refs",
  refs: names.map((name) => ({ kind, name })),
});

export const subjects: readonly Production[] = [
  ["any-user", { kind: "any-user" }],
  ["ANY-GROUP", { kind: "any-group" }],
  ["group Admins", named("group", "Admins")],
  ["group Admins, 'Net Ops'", named("group", "Admins", "Net Ops")],
  [
    "group id ocid1.group.oc1..a",
    { kind: "refs", refs: [{ kind: "group", ocid: "ocid1.group.oc1..a" }] },
  ],
  [
    "group 'Default'/'Admins'",
    { kind: "refs", refs: [{ kind: "group", domain: "Default", name: "Admins" }] },
  ],
  ["dynamic-group mcp-dg", named("dynamic-group", "mcp-dg")],
  [
    "dynamic-group Workloads/mcp , id ocid1.dynamicgroup.oc1..b",
    {
      kind: "refs",
      refs: [
        { kind: "dynamic-group", domain: "Workloads", name: "mcp" },
        { kind: "dynamic-group", ocid: "ocid1.dynamicgroup.oc1..b" },
      ],
    },
  ],
  [
    "group A, dynamic-group 'a/b'",
    {
      kind: "refs",
      refs: [
        { kind: "group", name: "A" },
        { kind: "dynamic-group", name: "a/b" },
      ],
    },
  ],
  [
    "dynamic-group id/id",
    { kind: "refs", refs: [{ kind: "dynamic-group", domain: "id", name: "id" }] },
  ],
  ["service cloudguard, vcn", { kind: "service", names: ["cloudguard", "vcn"] }],
  ["resource serviceconnector", { kind: "resource", type: "serviceconnector", names: [] }],
  ["resource mysql 'a', 'b'", { kind: "resource", type: "mysql", names: ["a", "b"] }],
];

export const actions: readonly Production[] = [
  ...["inspect", "read", "use", "manage"].map((verb): Production => [
    `to ${verb} buckets`,
    { kind: "verb", verb, resource: "buckets" },
  ]),
  ["MANAGE All-Resources", { kind: "verb", verb: "manage", resource: "all-resources" }],
  ["to {BUCKET_READ}", { kind: "permissions", permissions: ["BUCKET_READ"] }],
  [
    "to {bucket_read,\n OBJECT_READ}",
    { kind: "permissions", permissions: ["BUCKET_READ", "OBJECT_READ"] },
  ],
];

export const locations: readonly Production[] = [
  ["tenancy", { kind: "tenancy" }],
  ["compartment Apps", { kind: "compartment", path: ["Apps"] }],
  ["compartment Apps:Mcp : 'Dev Box'", { kind: "compartment", path: ["Apps", "Mcp", "Dev Box"] }],
  [
    "compartment id ocid1.compartment.oc1..a",
    { kind: "compartment", ocid: "ocid1.compartment.oc1..a" },
  ],
  [
    "compartment id ocidv1:tenancy:oc1:phx:1:a",
    { kind: "compartment", ocid: "ocidv1:tenancy:oc1:phx:1:a" },
  ],
];

const text = (value: string) => ({ kind: "text", text: value });
const compare = (variable: string, operator: string, value: unknown) => ({
  kind: "compare",
  variable,
  operator,
  value,
});
const one = compare("request.region", "=", text("phx"));

export const conditions: readonly Production[] = [
  ["request.region = 'phx'", one],
  ["request.region='phx'", one],
  ['Request.Region != "phx"', compare("request.region", "!=", text("phx"))],
  [
    "target.bucket.name = /mcp-*/",
    compare("target.bucket.name", "=", { kind: "pattern", glob: "mcp-*" }),
  ],
  [
    "target.object.name != /*a/b */",
    compare("target.object.name", "!=", { kind: "pattern", glob: "*a/b *" }),
  ],
  [
    "target.compartment.id = ocid1.compartment.oc1..a",
    compare("target.compartment.id", "=", { kind: "word", text: "ocid1.compartment.oc1..a" }),
  ],
  [
    "request.utc-timestamp before '2027-01-01T00:00:00Z'",
    compare("request.utc-timestamp", "before", text("2027-01-01T00:00:00Z")),
  ],
  [
    "request.utc-timestamp AFTER '2026-01-01'",
    compare("request.utc-timestamp", "after", text("2026-01-01")),
  ],
  [
    "request.utc-timestamp.time-of-day between '09:00:00Z' and '17:00:00Z'",
    {
      kind: "between",
      variable: "request.utc-timestamp.time-of-day",
      from: text("09:00:00Z"),
      to: text("17:00:00Z"),
    },
  ],
  [
    "request.region in ('phx', /i*/)",
    {
      kind: "in",
      variable: "request.region",
      negated: false,
      values: [text("phx"), { kind: "pattern", glob: "i*" }],
    },
  ],
  [
    "request.region not in (phx)",
    {
      kind: "in",
      variable: "request.region",
      negated: true,
      values: [{ kind: "word", text: "phx" }],
    },
  ],
  ["request.user.name", { kind: "present", variable: "request.user.name", negated: false }],
  ["not request.user.name", { kind: "present", variable: "request.user.name", negated: true }],
  ["any {request.region='phx'}", { kind: "any", of: [one] }],
  [
    "ALL {request.region = 'phx', any{request.region = 'phx', not request.x}}",
    {
      kind: "all",
      of: [
        one,
        { kind: "any", of: [one, { kind: "present", variable: "request.x", negated: true }] },
      ],
    },
  ],
];

export const places: readonly Production[] = [
  ["any-tenancy", { kind: "any-tenancy" }],
  ["tenancy Acceptor", { kind: "tenancy", name: "Acceptor" }],
  [
    "compartment A:B of tenancy 'Other One'",
    { kind: "compartment", path: ["A", "B"], of: "Other One" },
  ],
  ...locations,
];

const bucket = { kind: "verb", verb: "read", resource: "buckets" };
const peering = { kind: "verb", verb: "associate", resource: "local-peering-gateways" };
const group = named("group", "G");

const access = subjects.flatMap(([subject, subjectTree]) =>
  actions.flatMap(([action, actionTree]) =>
    locations.map(([location, locationTree], index): Production => {
      const kind = index % 2 === 0 ? "allow" : "deny";
      return [
        `${index % 3 === 0 ? kind : kind.toUpperCase()} ${subject} ${action} in ${location}`,
        { kind, subject: subjectTree, action: actionTree, location: locationTree },
      ];
    }),
  ),
);

const conditional = conditions.flatMap(([where, tree]): Production[] => [
  [
    `Allow group G to read buckets in tenancy where ${where}`,
    { kind: "allow", subject: group, action: bucket, location: { kind: "tenancy" }, where: tree },
  ],
  [
    `endorse group G to read buckets in any-tenancy\twhere\r\n${where}`,
    {
      kind: "endorse",
      denies: false,
      subject: group,
      action: bucket,
      place: { kind: "any-tenancy" },
      where: tree,
    },
  ],
  [
    `admit group G of tenancy T to read buckets in tenancy where ${where}`,
    {
      kind: "admit",
      denies: false,
      subject: group,
      of: { kind: "tenancy", name: "T" },
      action: bucket,
      location: { kind: "tenancy" },
      where: tree,
    },
  ],
]);

const endorsed = places.flatMap(([place, tree]): Production[] =>
  [false, true].flatMap((denies): Production[] => [
    [
      `${denies ? "Deny endorse" : "Endorse"} group G to read buckets in ${place}`,
      { kind: "endorse", denies, subject: group, action: bucket, place: tree },
    ],
    [
      `${denies ? "deny " : ""}endorse group G to associate local-peering-gateways in tenancy with local-peering-gateways in ${place}`,
      {
        kind: "endorse",
        denies,
        subject: group,
        action: peering,
        place: { kind: "tenancy" },
        with: { resource: "local-peering-gateways", place: tree },
      },
    ],
  ]),
);

const origins: readonly (readonly [text: string, of: Readonly<Record<string, unknown>>])[] = [
  ["any-user", {}],
  ["any-user of any-tenancy", { of: { kind: "any-tenancy" } }],
  ["any-user of tenancy 'Other One'", { of: { kind: "tenancy", name: "Other One" } }],
];

const admitted = locations.flatMap(([location, tree]) =>
  origins.flatMap(([origin, of]) =>
    [false, true].map((denies): Production => [
      `${denies ? "Deny admit" : "Admit"} ${origin} to associate local-peering-gateways in ${location} with local-peering-gateways in any-tenancy`,
      {
        kind: "admit",
        denies,
        subject: { kind: "any-user" },
        ...of,
        action: peering,
        location: tree,
        with: { resource: "local-peering-gateways", place: { kind: "any-tenancy" } },
      },
    ]),
  ),
);

const defined = ["tenancy", "group", "dynamic-group", "compartment", "service"].flatMap(
  (what): Production[] => [
    [
      `Define ${what} Alias as ocid1.${what}.oc1..a`,
      { kind: "define", what, name: "Alias", ocid: `ocid1.${what}.oc1..a` },
    ],
    [
      `define ${what} 'Dom'/'An alias' AS id 'ocid1.${what}.oc1..a'`,
      { kind: "define", what, domain: "Dom", name: "An alias", ocid: `ocid1.${what}.oc1..a` },
    ],
  ],
);

export const statements: readonly Production[] = [
  ...access,
  ...conditional,
  ...endorsed,
  ...admitted,
  ...defined,
];
