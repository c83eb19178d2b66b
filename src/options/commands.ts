/** The commands of the CLI, in the order help shows them. */
export const commands = [
  { name: "audit", positional: "", describe: "Read the clouds, decide, probe and report" },
  { name: "collect", positional: "", describe: "Read the clouds into a snapshot, and stop there" },
  {
    name: "probe",
    positional: "TARGET...",
    describe: "Fingerprint named targets over the network",
  },
  { name: "report", positional: "RUN", describe: "Write a recorded run in other formats" },
  { name: "replay", positional: "RUN", describe: "Decide a recorded run again and compare" },
  {
    name: "verify",
    positional: "RUN",
    describe: "Check that a run directory is as it was written",
  },
  {
    name: "diff",
    positional: "BEFORE AFTER",
    describe: "Show what became new, fixed or wider from one run to another",
  },
  {
    name: "trend",
    positional: "DIR",
    describe: "Show how the runs of a directory follow one another",
  },
  {
    name: "explain",
    positional: "KIND WHAT...",
    describe:
      "Say why: finding ID, path WORKLOAD PORT, or identity ID [ACTION [RESOURCE]] of a recorded run",
  },
  {
    name: "permissions",
    positional: "",
    describe: "Print the least-privilege policy of the auditor",
  },
  {
    name: "conformance",
    positional: "FILE...",
    describe: "Run labelled cases against the evaluators",
  },
  { name: "schema", positional: "", describe: "Print the JSON Schema of the report" },
  {
    name: "config",
    positional: "",
    describe: "Show the settings in force and where they come from",
  },
  { name: "demo", positional: "", describe: "Audit a small cloud that runs on this machine" },
  { name: "completion", positional: "", describe: "Print a shell completion script" },
] as const satisfies readonly { name: string; positional: string; describe: string }[];
export type Command = (typeof commands)[number];
export type CommandName = Command["name"];
