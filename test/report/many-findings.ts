import type { Finding } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import { severities } from "../../src/model/finding.ts";
import { rules } from "../../src/rules/index.ts";
import { anEndpoint, apiSource, aServer, aTool } from "../fixtures/builders.ts";
import { aReport } from "../fixtures/report.ts";

/** A report with this many findings about a tenth as many servers, each with texts and evidence of its own. */
export function manyFindings(count: number): Report {
  const servers = Array.from({ length: Math.ceil(count / 10) }, (_, index) =>
    aServer({
      id: `server-${index}`,
      workload: { id: `i-${index}`, name: `gateway-${index}`, kind: "instance", tags: {} },
      endpoints: [
        anEndpoint({
          url: `http://203.0.113.${index % 256}:${8000 + index}/mcp`,
          tools: Array.from({ length: 12 }, (_unused, tool) =>
            aTool({ name: `tool_${index}_${tool}` }),
          ),
        }),
      ],
      findings: Array.from({ length: 10 }, (_unused, each) => `finding-${index * 10 + each}`),
    }),
  );
  return {
    ...aReport(),
    servers,
    findings: Array.from({ length: count }, (_, index) => aFinding(index)),
  };
}

const base = aReport().findings[0]!;

function aFinding(index: number): Finding {
  const server = Math.floor(index / 10);
  return {
    ...base,
    id: `finding-${index}`,
    rule: rules[index % rules.length]!.id,
    severity: severities[index % severities.length]!,
    title: `http://203.0.113.${server % 256}:${8000 + server}/mcp lets anyone do thing ${index} as role gateway-${server}`,
    subject: { kind: "server", id: `server-${server}` },
    evidence: Array.from({ length: 14 }, (_, step) => ({
      kind: "gate" as const,
      id: `sg-${server}-${step}`,
      because: `sg-${server}-${step} allows tcp port ${8000 + server} from 0.0.0.0/0`,
      source: apiSource,
    })),
  };
}
