import { providers } from "../model/provider.ts";
import { severities } from "../model/finding.ts";
import type { CommandName } from "./commands.ts";
import { endpointRows } from "./endpoint-rows.ts";
import { historyRows } from "./history-rows.ts";
import { outputRows } from "./output-rows.ts";
import { planRows } from "./plan-rows.ts";
import { readingRows } from "./reading-rows.ts";

export interface OptionRow {
  readonly name: string;
  readonly alias?: string;
  readonly type: "boolean" | "text" | "integer" | "list";
  /** What stands after the flag in help. */
  readonly placeholder?: string;
  /** `list` only: one occurrence may hold several values. */
  readonly commas?: true;
  readonly choices?: readonly string[];
  /** `integer` only, both inclusive. */
  readonly range?: readonly [number, number];
  readonly default?: boolean | string | number;
  readonly describe: string;
  readonly commands: readonly CommandName[];
  /** May stand in the configuration file. What names one run, or lifts a protection, may not. */
  readonly config: boolean;
}

const collecting = ["audit", "collect"] as const;
const asking = [...collecting, "permissions"] as const;
const deciding = ["audit", "replay", "demo"] as const;
const reporting = ["audit", "probe", "report", "replay", "demo"] as const;
const probing = ["audit", "probe"] as const;

/** Every option. The CLI, the configuration file, its JSON Schema and docs/options.md are all derived from here. */
export const options = [
  {
    name: "provider",
    type: "list",
    commas: true,
    placeholder: "NAME",
    choices: providers,
    describe: "Clouds to read; without it, every one whose credentials are found",
    commands: ["audit", "collect", "permissions"],
    config: true,
  },
  {
    name: "scope",
    type: "list",
    commas: true,
    placeholder: "ID",
    describe: "Accounts, subscriptions, projects or tenancies; without it, the credential's own",
    commands: asking,
    config: true,
  },
  {
    name: "region",
    type: "list",
    commas: true,
    placeholder: "NAME",
    describe: "Regions to read; without it, every enabled one",
    commands: asking,
    config: true,
  },
  {
    name: "profile",
    type: "text",
    placeholder: "NAME",
    describe: "Profile of the cloud's own configuration file to take credentials from",
    commands: asking,
    config: true,
  },
  ...endpointRows,
  {
    name: "attempt-timeout",
    type: "integer",
    placeholder: "MS",
    range: [100, 600_000],
    default: 20_000,
    describe: "Deadline of one API request in milliseconds",
    commands: asking,
    config: true,
  },
  {
    name: "fingerprint-key",
    type: "text",
    placeholder: "FILE",
    describe:
      "Key for fingerprints of secrets, to compare runs; without it, a random key of the run",
    commands: collecting,
    config: true,
  },
  ...readingRows,
  {
    name: "from-snapshot",
    type: "text",
    placeholder: "DIR",
    describe: "Decide from a recorded run instead of reading the clouds; probes only with --probe",
    commands: ["audit"],
    config: false,
  },
  {
    name: "run",
    type: "text",
    placeholder: "DIR",
    describe: "Run directory to explain; without it, the newest one below postern-runs",
    commands: ["explain"],
    config: false,
  },
  {
    name: "from",
    type: "list",
    commas: true,
    placeholder: "CIDR",
    describe: "Clients of an explained path, private addresses too; without it, the internet",
    commands: ["explain"],
    config: false,
  },
  {
    name: "out",
    type: "text",
    placeholder: "DIR",
    default: "postern-runs",
    describe: "Directory that run directories are created in",
    commands: ["audit", "collect", "demo", "probe"],
    config: true,
  },
  {
    name: "probe",
    type: "boolean",
    describe: "Contact the endpoints found; on by default, off with --from-snapshot",
    commands: ["audit"],
    config: true,
  },
  {
    name: "vantage",
    type: "text",
    placeholder: "internet|inside[:NETWORK]",
    default: "internet",
    describe: "Where this machine stands; an answer seen from inside only is never certain",
    commands: probing,
    config: true,
  },
  {
    name: "include-internal",
    type: "boolean",
    default: false,
    describe: "Probe private addresses of the inventory too",
    commands: ["audit"],
    config: true,
  },
  {
    name: "connect-to",
    type: "list",
    placeholder: "HOST:PORT:ADDR:PORT",
    describe: "Connect to ADDR:PORT where HOST:PORT is meant, as in curl; repeatable",
    commands: probing,
    config: false,
  },
  {
    name: "i-own-this",
    type: "boolean",
    default: false,
    describe: "Confirm the right to probe targets that are not on this machine",
    commands: ["probe"],
    config: false,
  },
  {
    name: "transcript",
    type: "text",
    placeholder: "FILE",
    describe: "Write every request sent and every answer received, one JSON line each",
    commands: ["probe"],
    config: false,
  },
  {
    name: "user-agent",
    type: "text",
    placeholder: "TEXT",
    describe: "User-Agent of probes, to find them in access logs; default postern/VERSION",
    commands: probing,
    config: true,
  },
  {
    name: "format",
    alias: "f",
    type: "list",
    placeholder: "NAME[=FILE]",
    describe: "Report format; without FILE to standard output, which takes one; repeatable",
    commands: [...reporting, "diff", "trend", "explain"],
    config: true,
  },
  {
    name: "fail-on",
    type: "text",
    placeholder: "SEVERITY",
    choices: ["never", ...severities],
    default: "never",
    describe: "Exit with 2 when a finding is at least this severe",
    commands: [...deciding, "probe", "report", "diff"],
    config: true,
  },
  ...historyRows,
  ...planRows,
  {
    name: "require-complete",
    type: "boolean",
    default: false,
    describe: "Exit with 3 when something could not be read",
    commands: [...deciding, "collect"],
    config: true,
  },
  {
    name: "as",
    type: "text",
    placeholder: "FORM",
    choices: ["json", "cloudformation", "terraform", "arm", "graph", "gcloud", "oci"],
    default: "json",
    describe: "Form of the policy",
    commands: ["permissions"],
    config: false,
  },
  {
    name: "wire",
    type: "boolean",
    default: false,
    describe: "Serve each scenario over HTTP and collect it with the real SDK",
    commands: ["conformance"],
    config: false,
  },
  {
    name: "tag",
    type: "list",
    placeholder: "TAG",
    describe: "Run only cases with one of these tags",
    commands: ["conformance"],
    config: false,
  },
  {
    name: "not-tag",
    type: "list",
    placeholder: "TAG",
    describe: "Leave out cases with one of these tags",
    commands: ["conformance"],
    config: false,
  },
  {
    name: "case",
    type: "list",
    placeholder: "ID",
    describe: "Run only these cases",
    commands: ["conformance"],
    config: false,
  },
  {
    name: "roles",
    type: "text",
    placeholder: "FILE",
    describe: "Contents of built-in roles that labelled cases name, or a directory of such files",
    commands: ["conformance"],
    config: false,
  },
  {
    name: "show",
    type: "boolean",
    default: true,
    describe: "Print the settings",
    commands: ["config"],
    config: false,
  },
  ...outputRows,
] as const satisfies readonly OptionRow[];
export type OptionName = (typeof options)[number]["name"];
