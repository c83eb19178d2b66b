import type { ToolCategory } from "../model/tool.ts";

interface CategoryWords {
  readonly category: ToolCategory;
  /** Words of the name that tell it. */
  readonly name?: string;
  /** Parameter names, without separators. */
  readonly parameters?: string;
  /** Words or phrases of the first sentence. */
  readonly sentence?: RegExp;
}

/** Which words tell which category. A tool may have several; the order is that of the report. */
export const categoryWords: readonly CategoryWords[] = [
  {
    category: "kubernetes",
    name: "kubectl k8s kubernetes pod pods helm kubeconfig eks aks gke deployment daemonset statefulset",
    parameters: "kubeconfig labelselector manifest alnamespaces",
    sentence: /\b(?:kubernetes|kubectl|kubeconfig|helm chart|pods?\b|k8s|eks|aks)\b/i,
  },
  {
    category: "identity",
    name: "iam role roles policy policies user users group tenancy tenant rbac permission permissions principal",
    sentence:
      /\b(?:iam|rbac|role assignments?|policy assignments?|access polic(?:y|ies)|identity provider)\b/i,
  },
  {
    category: "secrets",
    name: "secret secrets keyvault vault credential credentials env environment password passwords token kms certificate appsettings apikey",
    sentence:
      /\b(?:secrets?|credentials?|environment variables|key vault|passwords?|api keys?|app(?:lication)? settings?)\b/i,
  },
  {
    category: "database",
    name: `sql mysql postgres postgresql mssql sqlite database databases db table tables collection collections schema redis
      mongodb mongo dynamodb cosmos kusto bigquery redshift neptune valkey memcached cache keyspaces influx elasticache aggregate clickhouse snowflake neo4j opencypher gremlin rds heatwave`,
    parameters: "sql database collection connectionid table tablename dbname keyspace",
    sentence:
      /\b(?:databases?|sql|mongodb|collection|query plan|postgres(?:ql)?|redis|mysql|dynamodb|kusto)\b/i,
  },
  {
    category: "code-exec",
    name: "shell bash exec repl terminal process processes interpreter notebook",
    sentence:
      /\b(?:running process|terminal session|shell commands?|processes|arbitrary (?:code|javascript)|execute(?:s)? (?:a |any )?(?:command|code))\b/i,
  },
  {
    category: "browser",
    name: "browser page screenshot dom",
    sentence:
      /\b(?:browser|playwright|puppeteer|web page|devtools|page's|on (?:the )?page|selected page|DOM)\b/i,
  },
  {
    category: "filesystem",
    name: "file files directory directories filesystem folder dir export pdf",
    sentence:
      /\b(?:file ?system|local files?|director(?:y|ies)|files? contents?|on disk|edits to files)\b/i,
  },
  {
    category: "source-control",
    name: "repository repositories repo repos commit commits branch branches pull gitlab github merge git gist fork tag",
    parameters: "repo repository branch pullnumber commitid",
    sentence: /\b(?:git(?:hub|lab)?|pull requests?|merge requests?|repositor(?:y|ies)|commits?)\b/i,
  },
  {
    category: "ci-cd",
    name: "pipeline pipelines circleci jenkins workflow build builds artifact",
    sentence: /\b(?:ci\/cd|pipelines?|circleci|jenkins|github actions|build (?:logs?|failure))\b/i,
  },
  {
    category: "iac",
    name: "terraform cloudformation cdk pulumi bicep bicepschema iac ansible sam",
    sentence: /\b(?:terraform|cloudformation|infrastructure as code|pulumi|bicep)\b/i,
  },
  {
    category: "project-mgmt",
    name: "jira notion issue issues ticket tickets sprint board linear asana trello confluence comment task tasks",
    sentence: /\b(?:jira|notion|confluence|linear|asana|trello|sprints?|tickets?|tasks?)\b/i,
  },
  {
    category: "saas-control",
    name: "figma heroku stripe shopify hubspot salesforce zendesk launchdarkly dsn dsns organization organizations workspace workspaces",
    sentence: /\b(?:figma|heroku|stripe|shopify|hubspot|salesforce|zendesk|launchdarkly)\b/i,
  },
  {
    category: "workflow-automation",
    name: "n8n workflow workflows zapier automation stepfunctions make",
    sentence: /\b(?:workflows?|automation|n8n|zapier)\b/i,
  },
  {
    category: "messaging",
    name: "email mail sms slack channel channels message messages teams queue topic sns sqs events eventhubs eventgrid publish rabbitmq broker kafka",
    parameters: "channelid recipient",
    sentence: /\b(?:e-?mails?|sms|slack|channels?|event hubs?|event grid|send messages?)\b/i,
  },
  {
    category: "monitoring",
    name: "log logs metric metrics alarm alarms trace traces monitor monitoring alert alerts workbook workbooks dashboard sentry events prometheus promql",
    sentence:
      /\b(?:logs?|metrics?|alarms?|traces?|monitoring|workbooks?|dashboards?|observability)\b/i,
  },
  {
    category: "knowledge",
    name: "graph entities relations observations memory nodes knowledge kb",
    sentence: /\b(?:knowledge graph|knowledge base|vector store|memor(?:y|ies))\b/i,
  },
  {
    category: "docs",
    name: "docs doc documentation library template templates help guide knowledge node bicepschema guidance generate schema",
    sentence:
      /\b(?:documentation|docs|library id|templates?|code examples|schema definition|knowledge (?:base|sources)|cli(?: \(az\))? commands used|n8n nodes?|node info|node configuration|workflow validation)\b/i,
  },
  {
    category: "web",
    name: "web crawl scrape url urls website webpage tavily exa firecrawl fetch http browse research extract map gzip",
    parameters: "url urls",
    sentence: /\b(?:the web|websites?|urls?|webpage|web page|internet|research on)\b/i,
  },
  {
    category: "ai",
    name: "chat completion completions llm openai bedrock embeddings model models prompt ai ml image heatwave agent",
    sentence: /\b(?:llm|openai|chat completions?|embeddings|ai model|language model)\b/i,
  },
  {
    category: "demo",
    name: "echo demo sample simulate simulated tiny sum toggle structured annotated example",
    sentence:
      /\b(?:demonstrates?|simulates?d?|echoe?s|tiny|example tool|sum of two|simulated|can be used by mcp clients|different types of resources|output schema for client)\b/i,
  },
  {
    category: "meta",
    name: "ping config whoami usage stats feedback prompts health version tools server",
    sentence:
      /\b(?:this (?:mcp )?server|server configuration|tool usage|tool calls?|still responsive|onboarding|feedback|configuration value)\b/i,
  },
];

/** Words of a cloud's data plane: objects, messages and values rather than the resources that hold them. */
export const cloudDataWords: ReadonlySet<string> = new Set(
  "blob blobs object objects kv item items entries entry fileshare fileshares share container s3 bucket index documents".split(
    " ",
  ),
);
