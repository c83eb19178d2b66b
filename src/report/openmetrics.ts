import { severities } from "../model/finding.ts";
import { origins } from "../model/provider.ts";
import type { Report } from "../model/report.ts";
import type { Reporter } from "./reporter.ts";
import { clean } from "./text.ts";

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: (report: Report) => readonly Sample[];
}

const plain =
  (value: (report: Report) => number): Metric["samples"] =>
  (report) => [[{}, value(report)]];

/** All gauges: the text format of Prometheus, which the textfile collector reads, knows no others of these types. */
const metrics: readonly Metric[] = [
  {
    name: "postern_build_info",
    help: "Version of the auditor.",
    samples: ({ tool }) => [[{ version: tool.version }, 1]],
  },
  {
    name: "postern_run_finished_timestamp_seconds",
    help: "End of the run, Unix time.",
    samples: plain(({ run }) => seconds(run.finishedAt)),
  },
  {
    name: "postern_run_duration_seconds",
    help: "Length of the run.",
    samples: plain(({ run }) => seconds(run.finishedAt) - seconds(run.startedAt)),
  },
  {
    name: "postern_coverage_complete",
    help: "1 when everything asked for was read.",
    samples: plain(({ coverage }) => Number(coverage.complete)),
  },
  {
    name: "postern_scope_gaps",
    help: "What could not be read in an account, subscription, project or tenancy.",
    samples: ({ coverage }) =>
      coverage.byScope.map(({ provider, id, gaps }) => [{ provider, scope: id }, gaps]),
  },
  {
    name: "postern_scope_calls",
    help: "API calls made in the run, retries included.",
    samples: ({ coverage }) =>
      coverage.byScope.map(({ provider, id, calls }) => [{ provider, scope: id }, calls]),
  },
  {
    name: "postern_servers",
    help: "MCP servers found.",
    samples: ({ summary }) =>
      origins.map((provider) => [{ provider }, summary.byProvider[provider] ?? 0]),
  },
  {
    name: "postern_servers_open",
    help: "MCP servers that list their tools to anyone.",
    samples: plain(({ summary }) => summary.open),
  },
  {
    name: "postern_servers_plaintext",
    help: "MCP servers without encryption.",
    samples: plain(({ summary }) => summary.plaintext),
  },
  {
    name: "postern_servers_managing_cloud",
    help: "MCP servers with a tool that manages a cloud.",
    samples: plain(({ summary }) => summary.managesCloud),
  },
  { name: "postern_tools", help: "Tools listed.", samples: plain(({ summary }) => summary.tools) },
  {
    name: "postern_findings",
    help: "Findings by severity and whether they are muted.",
    samples: ({ findings }) =>
      severities.flatMap((severity) =>
        ["false", "true"].map((muted): Sample => {
          const count = findings.filter(
            (one) => one.severity === severity && String(one.mute !== undefined) === muted,
          ).length;
          return [{ severity, muted }, count];
        }),
      ),
  },
  {
    name: "postern_unknowns",
    help: "Rules that could not be decided.",
    samples: plain(({ unknowns }) => unknowns.length),
  },
  {
    name: "postern_probe_targets",
    help: "Addresses and ports that were probed.",
    samples: plain(({ coverage }) => coverage.probe.targets),
  },
  {
    name: "postern_probe_mismatches",
    help: "Targets that the control plane says are blocked and that answered.",
    samples: plain(({ coverage }) => coverage.probe.mismatches.length),
  },
];

/**
 * Counts only: names of servers and tools would make a series of their own each.
 *
 * @see https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export const openmetrics: Reporter = {
  render: (report) =>
    `${[...metrics.flatMap((one) => linesOf(one, report)), "# EOF"].join("\n")}\n`,
};

function linesOf({ name, help, samples }: Metric, report: Report): string[] {
  const series = new Map<string, number>();
  for (const [labels, value] of samples(report)) {
    const text = labelText(labels);
    series.set(text, (series.get(text) ?? 0) + value);
  }
  return [
    `# TYPE ${name} gauge`,
    `# HELP ${name} ${help}`,
    ...[...series].map(([labels, value]) => `${name}${labels} ${value}`),
  ];
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escapeLabel(text: string): string {
  return clean(text).replaceAll(/[\\"]/g, String.raw`\$&`);
}

function seconds(at: string): number {
  return Date.parse(at) / 1000;
}
