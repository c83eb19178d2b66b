import type { Signature } from "./signature.ts";

export const aws: readonly Signature[] = [
  {
    id: "aws-api-mcp",
    name: "AWS API MCP Server",
    kind: "server",
    serverNames: [/^AWS-API-MCP$/i, /^awslabs\.aws-api-mcp-server$/i],
    toolSets: [{ tools: ["call_aws", "suggest_aws_commands", "get_execution_plan"], needs: 1 }],
    manages: "aws",
    source: "https://github.com/awslabs/mcp/tree/main/src/aws-api-mcp-server",
  },
  {
    id: "aws-mcp-server",
    name: "AWS MCP Server (alexei-led)",
    kind: "server",
    serverNames: [/^AWS MCP Server$/i],
    toolSets: [{ tools: ["aws_cli_pipeline", "aws_cli_help"], needs: 1 }],
    manages: "aws",
    source: "https://github.com/alexei-led/aws-mcp-server",
  },
];
