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
    category: "cloud-control",
    name: `vultr linode scaleway ovh upcloud flyio railway openstack vsphere esxi nutanix libvirt machine machines snapshot snapshots droplet droplets vm vms hypervisor hcloud hetzner proxmox digitalocean dyno dynos firewall firewalls
      loadbalancer volume volumes vpc subnet r2 worker workers supabase cloudflare docker portainer`,
    parameters: "serverid vmid dropletid workerid scriptname",
    sentence:
      /\b(?:fly machine|railway|vsphere|openstack|scaleway|hetzner|proxmox|digitalocean|droplets?|virtual machines?|cloud servers?|cloud provider|vps|app platform|docker|cloudflare account|dynos?|supabase project|edge functions?|(?:create|start|stop|reboot|power (?:on|off)|delete|resize|to) an? (?:new )?server)\b/i,
  },
  {
    category: "kubernetes",
    name: "cordon uncordon ingress configmap yaml istio kubectl k8s kubernetes pod pods helm kubeconfig eks aks gke deployment daemonset statefulset",
    parameters: "kubeconfig labelselector manifest alnamespaces",
    sentence:
      /\b(?:yaml manifest|(?:un)?schedulable|istio|service mesh|kubernetes|kubectl|kubeconfig|helm chart|pods?\b|k8s|eks|aks)\b/i,
  },
  {
    category: "identity",
    name: "auth0 keycloak realm ldap cognito groups okta entra sso mfa iam role roles policy policies user users group tenancy tenant rbac permission permissions principal",
    sentence:
      /\b(?:auth0|keycloak|realm|active directory|ldap|cognito|okta|entra id|user's password|password of a user|iam|rbac|role assignments?|policy assignments?|access polic(?:y|ies)|identity provider)\b/i,
    parameters: "realm",
  },
  {
    category: "secrets",
    name: "onepassword bitwarden doppler infisical pki secret secrets keyvault vault credential credentials env environment password passwords token kms certificate appsettings apikey",
    sentence:
      /\b(?:environment variable|1password|bitwarden|doppler|infisical|secrets engines?|in hashicorp vault|mount in vault|secrets?|credentials?|environment variables|key vault|passwords?|api keys?|app(?:lication)? settings?)\b/i,
  },
  {
    category: "database",
    name: `duckdb motherduck milvus weaviate couchbase cassandra opensearch databricks elasticsearch esql elastic qdrant chroma pinecone vector vectors shard shards records upsert cypher migration migrations mariadb sql mysql postgres postgresql mssql sqlite database databases db table tables collection collections schema redis
      mongodb mongo dynamodb cosmos kusto bigquery redshift neptune valkey memcached cache keyspaces influx elasticache aggregate clickhouse snowflake neo4j opencypher gremlin rds heatwave`,
    parameters:
      "querybody indexname collectionname sql database collection connectionid table tablename dbname keyspace",
    sentence:
      /\b(?:duckdb|milvus|weaviate|couchbase|cassandra|opensearch|databricks|vector similarity|elasticsearch|es\|ql|qdrant|chroma|pinecone|neo4j|cypher|snowflake|clickhouse|bigquery|mariadb|database schema|vector database|databases?|sql|mongodb|collection|query plan|postgres(?:ql)?|redis|mysql|dynamodb|kusto)\b/i,
  },
  {
    category: "code-exec",
    name: "shell bash exec repl terminal process processes interpreter notebook",
    sentence:
      /\b(?:running process|terminal session|shell commands?|processes|arbitrary (?:code|javascript)|execute(?:s)? (?:a |any )?(?:command|code))\b/i,
  },
  {
    category: "browser",
    name: "selenium webdriver chrome chromium puppeteer playwright browser page screenshot dom",
    sentence:
      /\b(?:selenium|webdriver|of the page|browser|playwright|puppeteer|web page|devtools|page's|on (?:the )?page|selected page|DOM)\b/i,
  },
  {
    category: "filesystem",
    name: "file files directory directories filesystem folder dir export pdf",
    sentence:
      /\b(?:file ?system|local files?|director(?:y|ies)|files? contents?|on disk|edits to files)\b/i,
  },
  {
    category: "source-control",
    name: "semgrep sonarqube sonar sast bitbucket stash worktree repository repositories repo repos commit commits branch branches pull gitlab github merge git gist fork tag",
    parameters: "repo repository branch pullnumber commitid",
    sentence:
      /\b(?:sonarqube|semgrep|bitbucket|git(?:hub|lab)?|pull requests?|merge requests?|repositor(?:y|ies)|commits?)\b/i,
  },
  {
    category: "ci-cd",
    name: "buildkite teamcity travis spinnaker jfrog artifactory nexus harbor deployment deployments argocd netlify vercel release releases pipeline pipelines circleci jenkins workflow build builds artifact",
    sentence:
      /\b(?:buildkite|teamcity|spinnaker|artifactory|vercel|netlify|argo ?cd|deploys? (?:a|the) (?:new )?(?:version|release|build|service)|ci\/cd|pipelines?|circleci|jenkins|github actions|build (?:logs?|failure))\b/i,
  },
  {
    category: "iac",
    name: "playbook playbooks opentofu terragrunt puppet chef terraform cloudformation cdk pulumi bicep bicepschema iac ansible sam",
    sentence:
      /\b(?:playbooks?|opentofu|terragrunt|ansible|terraform|cloudformation|infrastructure as code|pulumi|bicep)\b/i,
  },
  {
    category: "project-mgmt",
    name: "servicenow monday clickup basecamp youtrack redmine freshdesk card cards backlog epic epics milestone milestones todo todos todoist worklog kanban jira notion issue issues ticket tickets sprint board linear asana trello confluence comment task tasks",
    sentence:
      /\b(?:servicenow|monday\.com|clickup|basecamp|change requests?|youtrack|redmine|freshdesk|todoist|backlog|epics?|milestones?|worklog|to-?dos?|jira|notion|confluence|linear|asana|trello|sprints?|tickets?|tasks?)\b/i,
    parameters: "cardid",
  },
  {
    category: "saas-control",
    name: "paypal quickbooks xero woocommerce intercom order orders airtable calendar calendars freebusy crm invoice invoices customer customers subscription refund deal deals contact contacts product products soql figma heroku stripe shopify hubspot salesforce zendesk launchdarkly dsn dsns organization organizations workspace workspaces",
    sentence:
      /\b(?:paypal|quickbooks|xero|woocommerce|intercom|square|airtable|calendars?|crm|records in a table|figma|heroku|stripe|shopify|hubspot|salesforce|zendesk|launchdarkly)\b/i,
    parameters: "calendarid baseid",
  },
  {
    category: "workflow-automation",
    name: "n8n workflow workflows zapier automation stepfunctions make",
    sentence: /\b(?:zap|workflows?|automation|n8n|zapier)\b/i,
  },
  {
    category: "messaging",
    name: "twilio sendgrid nats pulsar mqtt mattermost reaction chat chats telegram discord whatsapp gmail inbox topics tweet email mail sms slack channel channels message messages teams queue topic sns sqs events eventhubs eventgrid publish rabbitmq broker kafka",
    parameters: "chatid topicname topicnames channelid recipient",
    sentence:
      /\b(?:twilio|sendgrid|nats|pulsar|mqtt|mattermost|rabbitmq|telegram|discord|whatsapp|gmail|kafka|chats?|e-?mails?|sms|slack|channels?|event hubs?|event grid|send messages?)\b/i,
  },
  {
    category: "monitoring",
    name: "zabbix nagios dynatrace honeycomb opsgenie statuspage nrql incident incidents oncall downtime datadog grafana pagerduty newrelic splunk loki responders pager uptime log logs metric metrics alarm alarms trace traces monitor monitoring alert alerts workbook workbooks dashboard sentry events prometheus promql",
    sentence:
      /\b(?:opsgenie|zabbix|dynatrace|honeycomb|incidents?|on-call|downtime|datadog|grafana|pagerduty|new relic|splunk|uptime|logs?|metrics?|alarms?|traces?|monitoring|workbooks?|dashboards?|observability)\b/i,
    parameters: "incidentid",
  },
  {
    category: "knowledge",
    name: "wikipedia arxiv logseq zettel evernote note notes obsidian vault wiki qdrant chroma graph entities relations observations memory nodes knowledge kb",
    sentence:
      /\b(?:wikipedia|arxiv|zettelkasten|logseq|obsidian|notes?|knowledge graph|knowledge base|vector store|memor(?:y|ies))\b/i,
  },
  {
    category: "docs",
    name: "docs doc documentation library template templates help guide knowledge node bicepschema guidance generate schema",
    sentence:
      /\b(?:documentation|docs|library id|templates?|code examples|schema definition|knowledge (?:base|sources)|cli(?: \(az\))? commands used|n8n nodes?|node info|node configuration|workflow validation)\b/i,
  },
  {
    category: "web",
    name: "rest endpoint web crawl scrape url urls website webpage tavily exa firecrawl fetch http browse research extract map gzip",
    parameters: "endpoint url urls",
    sentence:
      /\b(?:rest api|http (?:get|post|put|patch|delete|request)|the web|websites?|urls?|webpage|web page|internet|research on)\b/i,
  },
  {
    category: "ai",
    name: "tts speech voice transcribe gemini mistral ollama diffusion prediction predictions infer inference huggingface replicate chat completion completions llm openai bedrock embeddings model models prompt ai ml image heatwave agent",
    sentence:
      /\b(?:text[- ]to[- ]speech|speech[- ]to[- ]text|transcri(?:be|ption)s?|elevenlabs|ollama|stable diffusion|gpt-image|replicate|hugging face|image generator|(?:generate|edit) an (?:existing )?image|predictions?|llm|openai|chat completions?|embeddings|ai model|language model)\b/i,
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
