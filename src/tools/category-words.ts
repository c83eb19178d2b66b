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
    name: `flyio railway machine machines snapshot snapshots droplet droplets vm vms hypervisor hcloud dyno dynos firewall firewalls loadbalancer volume volumes vpc subnet r2 worker workers supabase instance instances server servers cluster clusters disk disks dns domain domains network networks nat vpn gateway gateways vlan udp tcp billing budget quota quotas backend backends region regions infrastructure`,
    parameters: "serverid vmid dropletid workerid scriptname",
    sentence:
      /\b(?:access (?:layers?|rules?)|dns|load balancers?|ssh keys?|fly machine|railway|droplets?|virtual machines?|cloud servers?|cloud provider|vps|app platform|cloudflare account|dynos?|supabase project|edge functions?|(?:create|start|stop|reboot|power (?:on|off)|delete|resize|to) an? (?:new )?server)\b/i,
  },
  {
    category: "cloud-data",
    name: "bucket buckets blob blobs",
    sentence: /\b(?:object storage|buckets?|blobs?)\b/i,
  },
  {
    category: "kubernetes",
    name: `cordon uncordon ingress configmap yaml pod pods helm kubeconfig eks aks gke deployment daemonset statefulset namespace namespaces replicaset crd crds cronjob pvc`,
    parameters: "kubeconfig labelselector manifest allnamespaces fieldselector podname",
    sentence:
      /\b(?:port[- ]forward(?:ing)?|yaml manifest|(?:un)?schedulable|service mesh|kubeconfig|helm chart|pods?\b|eks|aks)\b/i,
  },
  {
    category: "identity",
    name: `realm groups sso mfa iam role roles policy policies user users group tenancy tenant rbac permission permissions principal member members membership memberships`,
    sentence:
      /\b(?:realm|active directory|entra id|user's password|password of a user|iam|rbac|role assignments?|policy assignments?|access polic(?:y|ies)|identity provider)\b/i,
    parameters: "realm",
  },
  {
    category: "secrets",
    name: "doppler pki secret secrets keyvault vault credential credentials env envvar password passwords token kms certificate appsettings apikey",
    sentence:
      /\b(?:vault items?|environment variable|doppler|secrets engines?|in hashicorp vault|mount in vault|secrets?|credentials?|environment variables|key vault|passwords?|api keys?|app(?:lication)? settings?)\b/i,
  },
  {
    category: "database",
    name: `esql elastic chroma vector vectors shard shards records upsert cypher migration migrations sql database databases db table tables collection collections schema cosmos kusto neptune cache keyspaces influx elasticache aggregate opencypher gremlin rds heatwave procedure procedures column columns foreign constraint constraints tablespace row rows indexes indices pluggable`,
    parameters:
      "querybody indexname collectionname sql database collection connectionid table tablename dbname keyspace dbkey dbid db",
    sentence:
      /\b(?:(?:run|execute|read|write) quer(?:y|ies)|foreign.keys?|stored procedures?|(?:base )?tables|indices|vector similarity|es\|ql|chroma|cypher|database schema|vector database|databases?|sql|collection|query plan|postgres(?:ql)?|kusto)\b/i,
  },
  {
    category: "code-exec",
    name: "shell bash exec repl terminal process processes interpreter notebook",
    sentence:
      /\b(?:running process|terminal session|shell commands?|processes|arbitrary (?:code|javascript)|execute(?:s)? (?:a |any )?(?:command|code))\b/i,
  },
  {
    category: "browser",
    name: `chrome browser page screenshot dom element elements cookie cookies click hover navigate tab tabs viewport console css iframe codegen`,
    sentence:
      /\b(?:(?:an?|the|provided) element|mouse action|browser history|cookies|css (?:rules|selector)|xpath|of the page|browser|web page|devtools|page's|on (?:the )?page|selected page|DOM)\b/i,
    parameters: "selector cssselector xpath pageid",
  },
  {
    category: "filesystem",
    name: "file files directory directories filesystem folder dir export pdf",
    sentence:
      /\b(?:file ?system|local files?|director(?:y|ies)|files? contents?|on disk|edits to files)\b/i,
  },
  {
    category: "source-control",
    name: `sonar sast stash worktree repository repositories repo repos commit commits branch branches merge git gist fork`,
    parameters: "repo repository branch pullnumber commitid",
    sentence:
      /\b(?:git tags?|git(?:hub|lab)?|pull requests?|merge requests?|repositor(?:y|ies)|commits?)\b/i,
  },
  {
    category: "ci-cd",
    name: "travis nexus harbor deployment deployments release releases pipeline pipelines workflow build builds artifact",
    sentence:
      /\b(?:test (?:runs?|results?|cases?|suites?|plans?|executions?)|flaky|argo ?cd|deploys? (?:a|the) (?:new )?(?:version|release|build|service)|ci\/cd|pipelines?|github actions|build (?:logs?|failure))\b/i,
  },
  {
    category: "iac",
    name: `playbook playbooks chef cdk iac sam`,
    sentence: /\b(?:playbooks?|infrastructure as code)\b/i,
  },
  {
    category: "project-mgmt",
    name: `monday card cards backlog epic epics milestone milestones todo todos worklog kanban issue issues ticket tickets sprint board linear comment task tasks boards sprints comments subtask subtasks stories roadmap cycle cycles priority priorities assignee`,
    sentence:
      /\b(?:support cases?|work items?|boards?|change requests?|backlog|epics?|milestones?|worklog|to-?dos?|sprints?|tickets?|tasks?)\b/i,
    parameters: "cardid",
  },
  {
    category: "saas-control",
    name: `order orders calendar calendars freebusy crm invoice invoices customer customers subscription refund deal deals contact contacts product products soql heroku zendesk organization organizations workspace workspaces asset assets entry entries flag flags form forms campaign campaigns lead leads opportunity opportunities payment payments payout payouts charge charges price prices coupon coupons quote quotes meeting meetings booking bookings survey surveys ads audience audiences employee employees payroll bill bills media shop shops store stores checkout checkouts discount discounts inventory sku variant variants catalog cart carts spreadsheet spreadsheets slides`,
    sentence:
      /\b(?:feature flags?|content types?|media library|invoices?|customers?|campaigns?|orders?|payments?|contacts?|subscriptions?|leads?|calendars?|crm|records in a table|heroku|zendesk)\b/i,
    parameters: "calendarid baseid",
  },
  {
    category: "workflow-automation",
    name: "workflow workflows automation stepfunctions make dag dags zap zaps",
    sentence: /\b(?:zap|workflows?|automation)\b/i,
  },
  {
    category: "messaging",
    name: `nats pulsar reaction chat chats inbox topics tweet email mail sms channel channels message messages queue topic sns sqs events eventhubs eventgrid broker room rooms thread threads conversation conversations newsletter newsletters notification notifications mailbox draft drafts dm sender`,
    parameters:
      "chatid topicname topicnames channelid recipient queue queuename topic roomid threadid messageid",
    sentence:
      /\b(?:conversations?|newsletters?|notifications?|mailbox|nats|pulsar|chats?|e-?mails?|sms|microsoft teams|channels?|event hubs?|event grid|send messages?)\b/i,
  },
  {
    category: "monitoring",
    name: `nrql incident incidents oncall downtime responders pager uptime log logs metric metrics alarm alarms trace traces monitor monitoring alert alerts workbook workbooks dashboard events promql analytics profiling profiler telemetry slo slos span spans recordings rum apm dsn`,
    sentence:
      /\b(?:analytics|telemetry|session recordings?|profil(?:e types|ing)|incidents?|on-call|downtime|new relic|uptime|logs?|metrics?|alarms?|traces?|monitoring|workbooks?|dashboards?|observability)\b/i,
    parameters: "incidentid",
  },
  {
    category: "knowledge",
    name: `zettel note notes vault wiki qdrant chroma graph entities relations observations memory nodes knowledge kb bookmark bookmarks highlight highlights article articles`,
    sentence:
      /\b(?:zettelkasten|notes?|knowledge graph|knowledge base|vector store|memor(?:y|ies))\b/i,
  },
  {
    category: "docs",
    name: `docs doc documentation template templates help guide guidance instructions guideline guidelines practices`,
    sentence:
      /\b(?:instructions|best practices|guidelines|code samples|documentation|docs|library id|templates?|code examples|schema definition|knowledge (?:base|sources)|cli(?: \(az\))? commands used|n8n nodes?|node info|node configuration|workflow validation)\b/i,
  },
  {
    category: "web",
    name: `rest endpoint web crawl scrape url urls website webpage fetch http browse research extract map serp`,
    parameters: "endpoint url urls",
    sentence:
      /\b(?:search engines?|search results|(?:web|news|image|video|local|place)s? search(?:es)?|news articles?|serp|scrap(?:e|es|ing)|rest api|http (?:get|post|put|patch|delete|request)|the web|websites?|urls?|webpage|web page|internet|research on)\b/i,
  },
  {
    category: "ai",
    name: `tts speech voice transcribe diffusion prediction predictions infer inference chat completion completions llm bedrock embeddings model models prompt ai ml image heatwave agent agents skill skills assistant assistants audio rerank embedding translate translation face faces`,
    sentence:
      /\b(?:text[- ]to[- ]speech|speech[- ]to[- ]text|transcri(?:be|ption)s?|stable diffusion|gpt-image|hugging face|image generator|(?:generate|edit) an (?:existing )?image|predictions?|llm|chat completions?|embeddings|ai model|language model)\b/i,
  },
  {
    category: "demo",
    name: "echo demo sample simulate simulated example dummy hello greet greeting",
    sentence:
      /\b(?:demonstrat(?:es?|ion)|simulate[ds]?|echoe?s|example tool|sum of two|(?:add|sum)s? two numbers|hello world|for testing purposes|used by mcp clients)\b/i,
  },
  {
    category: "meta",
    name: `ping config whoami usage stats feedback prompts health version`,
    sentence:
      /\b(?:mcp server|server (?:status|version|health|info(?:rmation)?)|this (?:mcp )?server|server configuration|tool usage|tool calls?|still responsive|onboarding|feedback|configuration value)\b/i,
  },
];

/** Words of a cloud's data plane: objects, messages and values rather than the resources that hold them. */
export const cloudDataWords: ReadonlySet<string> = new Set(
  "blob blobs object objects kv item items entries entry fileshare fileshares share container s3 bucket index documents".split(
    " ",
  ),
);
