import type { OptionRow } from "./table.ts";

/** Options about signed runs and about what was found before; a part of the table. */
export const historyRows = [
  {
    name: "sign",
    type: "text",
    placeholder: "KEY",
    describe: "Sign the manifest of the run with this ed25519 private key (PEM)",
    commands: ["audit", "collect", "demo"],
    config: true,
  },
  {
    name: "key",
    type: "text",
    placeholder: "PUBLIC.pem",
    describe: "Public key (PEM) that must have signed the run",
    commands: ["verify"],
    config: false,
  },
  {
    name: "mutes",
    type: "text",
    placeholder: "FILE",
    describe: "Findings to live with until a date; muted ones do not count for --fail-on",
    commands: ["audit", "replay", "demo", "report", "diff"],
    config: true,
  },
  {
    name: "baseline",
    type: "text",
    placeholder: "RUN",
    describe: "Run or report file whose tools are compared with; what changed is a finding",
    commands: ["audit", "replay", "demo"],
    config: true,
  },
  {
    name: "key-days",
    type: "integer",
    placeholder: "DAYS",
    range: [1, 3650],
    default: 90,
    describe: "Days after which a static key counts as not rotated and an identity as unused",
    commands: ["audit", "replay", "demo"],
    config: true,
  },
  {
    name: "only-new",
    type: "text",
    placeholder: "RUN",
    describe: "Report only what this earlier run does not hold, or holds as less severe",
    commands: ["audit", "report"],
    config: false,
  },
] as const satisfies readonly OptionRow[];
