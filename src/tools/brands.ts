import type { ToolCategory, ToolEvidence } from "../model/tool.ts";
import { toolCategories } from "../model/tool.ts";
import type { ToolText } from "./tokens.ts";

/**
 * Products and services by what their tools are about, as their makers describe them. The words of `shared` are plain
 * English as well.
 */
const names: Partial<Record<ToolCategory, { own: string; shared?: string }>> = {
  "cloud-control": {
    own: `akamai linode vultr hetzner upcloud scaleway ovh ovhcloud digitalocean civo equinix contabo exoscale ionos fastly
      cloudflare proxmox vmware vsphere vcenter openstack nutanix xenserver libvirt esxi heroku koyeb northflank coolify
      dokku caprover portainer docker podman aliyun alicloud hyperv lightsail netcup opennebula harvester tailscale zerotier pfsense opnsense fortinet fortigate mikrotik unifi meraki netbox qiniu cloudbase`,
  },
  kubernetes: {
    own: "k8s kubernetes rancher openshift istio linkerd karpenter k3s kubevirt kyverno kubectl helmfile argocd",
  },
  identity: {
    own: "okta auth0 keycloak entra cognito onelogin fusionauth zitadel authentik jumpcloud workos descope stytch ldap freeipa",
  },
  secrets: {
    own: "onepassword 1password bitwarden infisical cyberark akeyless lastpass dashlane",
    shared: "Doppler",
  },
  database: {
    own: `postgres postgresql mysql mariadb sqlite mssql sqlserver mongodb mongo redis planetscale neon turso libsql xata faunadb
      couchdb couchbase arangodb surrealdb tidb cockroachdb yugabyte timescaledb questdb influxdb singlestore vertica
      teradata trino starrocks duckdb motherduck clickhouse snowflake bigquery redshift databricks dremio qdrant milvus
      weaviate pinecone chromadb lancedb pgvector typesense meilisearch algolia elasticsearch opensearch solr neo4j memgraph
      falkordb dgraph tigergraph cassandra scylladb hbase firestore dynamodb memcached valkey etcd prisma dbt iceberg`,
  },
  messaging: {
    own: `slack discord telegram whatsapp twilio sendgrid mailgun mailchimp brevo klaviyo gmail mattermost rocketchat
      vonage plivo messagebird sinch kafka confluent rabbitmq mqtt activemq redpanda pubsub feishu dingtalk wecom webex
      mailtrap imap smtp bullmq zulip discourse chatwork iterable braze postmarkapp onesignal`,
    shared: "Zoom Outlook Resend Postmark",
  },
  "source-control": {
    own: "github gitlab bitbucket gitea forgejo gerrit perforce sonarqube sonarcloud semgrep snyk codacy sourcegraph",
  },
  "ci-cd": {
    own: `circleci jenkins travisci buildkite teamcity argocd spinnaker codefresh bitrise codemagic netlify vercel jfrog
      artifactory tekton fluxcd testflight browserstack saucelabs lambdatest testrail`,
  },
  iac: {
    own: "terraform opentofu pulumi ansible puppet saltstack cloudformation bicep crossplane spacelift terragrunt",
  },
  "project-mgmt": {
    own: `jira confluence asana trello clickup notion youtrack redmine wrike smartsheet todoist ticktick servicenow zendesk
      freshdesk freshservice zammad clockify toggl basecamp monday.com azure-devops`,
    shared: "Linear Shortcut Plane Coda Monday",
  },
  "saas-control": {
    own: `salesforce hubspot pipedrive zoho shopify stripe paypal xero quickbooks freshbooks chargebee braintree adyen plaid
      docusign bamboohr airtable contentful sanity storyblok strapi wordpress webflow squarespace figma canva miro
      cloudinary launchdarkly flagsmith statsig optimizely typeform surveymonkey calendly eventbrite intercom marketo
      netsuite odoo woocommerce magento bigcommerce ebay etsy postman swaggerhub razorpay revenuecat klarna hootsuite
      quickbase workday feishu mailerlite activecampaign google-docs? google-slides google-sheets google-workspace metabase tableau superset powerbi redash zuora attio`,
    shared: "Square Box Ghost Wix Gong Ramp Brex",
  },
  "workflow-automation": {
    own: "zapier n8n airflow prefect dagster ifttt pipedream workato camunda activepieces kestra windmill",
  },
  knowledge: {
    own: `obsidian logseq evernote zotero readwise notebooklm wikipedia wikidata arxiv pubmed anki mem0 graphiti karakeep raindrop instapaper pinboard`,
  },
  monitoring: {
    own: `datadog newrelic grafana prometheus loki pyroscope splunk sumologic dynatrace appdynamics instana honeycomb
      sentry bugsnag rollbar logrocket fullstory hotjar posthog mixpanel amplitude matomo plausible umami pagerduty
      opsgenie victorops statuspage betterstack uptimerobot checkly zabbix nagios netdata victoriametrics signoz
      coralogix graylog kibana jaeger zipkin opentelemetry langfuse langsmith alertmanager google-analytics`,
    shared: "Clarity Axiom Rootly",
  },
  web: {
    own: "bing tavily exa serpapi serper searxng duckduckgo kagi perplexity firecrawl apify brightdata oxylabs scrapingbee",
    shared: "Brave Jina Linkup",
  },
  browser: {
    own: "playwright puppeteer selenium browserbase stagehand hyperbrowser appium webdriver chromium",
  },
  filesystem: { own: "dropbox onedrive sharepoint nextcloud gdrive sftp webdav google-drive" },
  ai: {
    own: `openai anthropic gemini mistral groq ollama huggingface replicate elevenlabs deepgram assemblyai midjourney comfyui
      langchain llamaindex perplexity mlflow wandb kubeflow`,
  },
  "code-exec": { own: "e2b daytona jupyter codesandbox" },
};

interface Brand {
  readonly category: ToolCategory;
  /** In any case, anywhere. */
  readonly own: RegExp;
  /** Written as a name, and not first in a sentence, where every word is. */
  readonly shared: RegExp | undefined;
}

/** `google-analytics` is also "Google Analytics". */
const pattern = (text: string): string =>
  text
    .split(/\s+/)
    .filter(Boolean)
    .map((one) => one.replaceAll(".", String.raw`\.`).replaceAll("-", "[ -]?"))
    .join("|");

const brands: readonly Brand[] = toolCategories.flatMap((category) => {
  const of = names[category];
  if (of === undefined) return [];
  return [
    {
      category,
      own: new RegExp(String.raw`\b(?:${pattern(of.own)})\b`, "i"),
      shared:
        of.shared === undefined
          ? undefined
          : new RegExp(String.raw`(?<=\S )(?:${pattern(of.shared)})\b`),
    },
  ];
});

/** The categories of the products that a tool's name, parameters or first sentence speak of. */
export function brandsOf(text: ToolText): readonly ToolEvidence[] {
  const because = "is the name of a product or service";
  const places: readonly (readonly [ToolEvidence["field"], string])[] = [
    ["name", text.name.join(" ")],
    ["parameter", [...text.parameterWords].join(" ")],
    ["description", `${text.label} ${text.sentence}`],
  ];
  return brands.flatMap(({ category, own, shared }) => {
    for (const [field, words] of places) {
      const found = (own.exec(words) ?? shared?.exec(words))?.[0];
      if (found !== undefined) return [{ verdict: category, field, text: found, because }];
    }
    return [];
  });
}
