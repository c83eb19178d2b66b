/**
 * Tools of servers that the shared corpus does not hold, as their documentation lists them, labelled by hand before any
 * rule saw them: server, tool, access, category, description, parameters.
 */
export const otherServers = `
hetzner|create_server|write|cloud-control|Create a new server|name,server_type,image,location,start_after_create,ssh_keys
hetzner|delete_server|destructive|cloud-control|Delete a server|server_id
hetzner|power_off|write|cloud-control|Power off a server (hard shutdown)|server_id
hetzner|cloud_rebuild_server|destructive|cloud-control|Rebuild a server from an image (destroys all data on the boot volume).|server_id,image
hetzner|hetzner_request_console|read|cloud-control|Request a noVNC WebSocket URL and credentials to access the server console. The URL is valid for a limited time.|id
hetzner|list_server_types|read|cloud-control|List all available server types|
hetzner|attach_volume|write|cloud-control|Attach a volume to a server|volume_id,server_id,automount
hetzner|set_firewall_rules|write|cloud-control|Set (overwrite) the rules of a firewall|firewall_id,rules
digitalocean|apps-create-app-from-spec|write|cloud-control|Creates a new App Platform app from an app spec|spec
digitalocean|apps-get-logs|read|monitoring|Retrieves logs of a deployment of an app|app_id,component,deployment_id,type
digitalocean|droplet-delete|destructive|cloud-control|Permanently delete a droplet|ID
digitalocean|droplet-reboot|write|cloud-control|Reboot a droplet|ID
digitalocean|db-cluster-list|read|cloud-control|Get list of database clusters|page,per_page
digitalocean|db-cluster-resize|write|cloud-control|Resize a database cluster|id,size,num_nodes
proxmox|get_nodes|read|cloud-control|List all nodes in the Proxmox cluster with their status|
proxmox|execute_vm_command|exec|code-exec|Execute a command in a VM via the QEMU guest agent|node,vmid,command
proxmox|create_vm|write|cloud-control|Create a new virtual machine|node,vmid,name,cpus,memory,disk_size
proxmox|reset_vm|write|cloud-control|Reset a virtual machine (hard restart)|node,vmid
proxmox|rollback_snapshot|destructive|cloud-control|Rollback a VM to a snapshot; the state since then is lost|node,vmid,snapname
grafana|search_dashboards|read|monitoring|Search for Grafana dashboards by a query string|query
grafana|update_dashboard|write|monitoring|Create or update a dashboard using either full JSON or efficient patch operations|dashboard,uid,operations,folderUid,message,overwrite
grafana|query_prometheus|read|monitoring|Query Prometheus using a PromQL expression. Supports both instant queries and range queries|datasourceUid,expr,startTime,endTime,stepSeconds,queryType
grafana|query_loki_logs|read|monitoring|Executes a LogQL query against a Loki datasource to retrieve log entries or metric values|datasourceUid,logql,startRfc3339,endRfc3339,limit,direction
grafana|list_alert_rules|read|monitoring|Lists Grafana alert rules, returning a summary including UID, title, current state|limit,page,label_selectors
grafana|delete_alert_rule|destructive|monitoring|Deletes a Grafana alert rule by its UID. This action cannot be undone.|uid
grafana|add_activity_to_incident|write|monitoring|Add a note (userNote activity) to an existing incident's timeline using its ID|incidentId,body,eventTime
grafana|generate_deeplink|read|monitoring|Generate deeplink URLs for Grafana resources|resourceType,dashboardUid,panelId
pagerduty|list_incidents|read|monitoring|List incidents with optional filtering|query_model
pagerduty|manage_incidents|write|monitoring|Acknowledge, resolve, reassign or change the urgency of incidents|manage_request
pagerduty|add_responders|write|monitoring|Add responders to an incident|incident_id,request
pagerduty|create_schedule_override|write|monitoring|Create an override for an on-call schedule|schedule_id,override_request
datadog|mute_host|write|monitoring|Mute a host in Datadog|hostname,message,end,override
datadog|get_metrics|read|monitoring|Get timeseries points of metrics from Datadog|query,from,to
datadog|schedule_downtime|write|monitoring|Schedule a downtime in Datadog|scope,start,end,message
datadog|cancel_downtime|write|monitoring|Cancel a scheduled downtime in Datadog|downtimeId
stripe|create_customer|write|saas-control|This tool will create a customer in Stripe.|name,email
stripe|create_refund|write|saas-control|This tool will refund a payment intent in Stripe.|payment_intent,amount,reason
stripe|list_invoices|read|saas-control|This tool will fetch a list of Invoices from Stripe.|customer,limit
stripe|cancel_subscription|destructive|saas-control|This tool will cancel a subscription in Stripe.|subscription
stripe|finalize_invoice|write|saas-control|This tool will finalize a draft invoice in Stripe.|invoice
stripe|retrieve_balance|read|saas-control|This tool will retrieve the balance from Stripe. It takes no input.|
stripe|search_stripe_documentation|read|docs|This tool will take in a user question about integrating with Stripe and search the documentation|question,language
linear|list_issues|read|project-mgmt|List issues in the user's Linear workspace|assignee,query,team,state,limit
linear|update_issue|write|project-mgmt|Update an existing Linear issue|id,title,description,state
linear|create_comment|write|project-mgmt|Create a comment on a specific Linear issue|issueId,body,parentId
linear|search_documentation|read|docs|Search Linear's documentation to learn about features and usage|query,page
atlassian|getJiraIssue|read|project-mgmt|Get the details of a Jira issue by issue id or key.|cloudId,issueIdOrKey
atlassian|transitionJiraIssue|write|project-mgmt|Transition an existing Jira issue to a new status.|cloudId,issueIdOrKey,transition
atlassian|searchJiraIssuesUsingJql|read|project-mgmt|Search Jira issues using Jira Query Language (JQL).|cloudId,jql,maxResults
atlassian|createConfluencePage|write|project-mgmt|Create a new page in Confluence.|cloudId,spaceId,title,body
atlassian|addWorklogToJiraIssue|write|project-mgmt|Adds a worklog to an existing Jira issue|cloudId,issueIdOrKey,timeSpent
atlassian|atlassianUserInfo|read|identity|Get current user info from Atlassian|
asana|asana_delete_task|destructive|project-mgmt|Delete a task. This cannot be undone|task_id
asana|asana_search_tasks|read|project-mgmt|Search tasks in a workspace with advanced filtering options|workspace,text
asana|asana_add_followers|write|project-mgmt|Add followers to a task|task_id,followers
todoist|complete-tasks|write|project-mgmt|Complete one or more tasks by their IDs|ids
todoist|find-tasks-by-date|read|project-mgmt|Get tasks by date range|startDate,daysCount
trello|archive_card|write|project-mgmt|Send a card to the archive on a specific board|cardId
supabase|list_projects|read|cloud-control|Lists all Supabase projects for the user.|
supabase|execute_sql|destructive|database|Executes raw SQL in the Postgres database. Use apply_migration instead for DDL operations.|project_id,query
supabase|apply_migration|write|database|Applies a migration to the database. Use this when executing DDL operations.|project_id,name,query
supabase|deploy_edge_function|exec|cloud-control|Deploys an Edge Function to a Supabase project. If the function already exists, this will create a new version.|project_id,name,files
supabase|get_anon_key|read|secrets|Gets the anonymous API key for a project.|project_id
supabase|reset_branch|destructive|database|Resets migrations of a development branch. Any untracked data or schema changes will be lost.|branch_id,migration_version
supabase|pause_project|write|cloud-control|Pauses a Supabase project.|project_id
supabase|generate_typescript_types|read|database|Generates TypeScript types for a project.|project_id
cloudflare|kv_namespace_delete|destructive|cloud-control|Delete a kv namespace in your Cloudflare account|namespace_id
cloudflare|r2_bucket_create|write|cloud-control|Create a new r2 bucket in your Cloudflare account|name
cloudflare|workers_get_worker_code|read|cloud-control|Get the source code of a Cloudflare Worker. Note: This may be a bundled version of the worker.|scriptName
cloudflare|d1_database_query|destructive|database|Query a D1 database in your Cloudflare account|database_id,sql,params
cloudflare|set_active_account|write|cloud-control|Set active account to be used for tool calls that require accountId|activeAccountIdParam
cloudflare|container_exec|exec|code-exec|Run a command in a container and return the results from stdout.|args,timeout,streamStderr
cloudflare|container_file_delete|destructive|filesystem|Delete file in the working directory|path
cloudflare|get_url_markdown|read|web|Get a webpage converted into Markdown|url
vercel|deploy_to_vercel|write|ci-cd|Deploy the current project to Vercel|
vercel|get_deployment_build_logs|read|ci-cd|Get the build logs of a deployment|idOrUrl,teamId
netlify|netlify-project-services-updater|write|saas-control|Update Netlify project settings, environment variables and access controls|selectSchema
heroku|maintenance_on|write|cloud-control|Enable maintenance mode for Heroku apps|app
heroku|pg_kill|destructive|database|Terminate specific database processes|app,pid,force,database
heroku|ps_scale|write|cloud-control|Scale app dynos: adjust quantity or dyno size|app,dyno
heroku|pg_psql|destructive|database|Execute SQL queries against Heroku PostgreSQL database|app,command,file,database
redis|set|write|database|Set a Redis string value with an optional expiration time.|key,value,expiration
redis|get|read|database|Get a Redis string value.|key
redis|hgetall|read|database|Get all fields and values from a Redis hash.|name
redis|lpush|write|database|Push a value onto the left of a Redis list|name,value,expire
redis|delete|destructive|database|Delete a Redis key.|key
redis|expire|write|database|Set an expiration time for a Redis key.|name,expire_seconds
redis|dbsize|read|database|Get the number of keys stored in the Redis database|
redis|publish|write|database|Publish a message to a Redis channel.|channel,message
elasticsearch|search|read|database|Perform an Elasticsearch search with the provided query DSL.|index,query_body
elasticsearch|esql|read|database|Perform an ES|QL query.|query
elasticsearch|get_shards|read|database|Get shard information for all or specific indices.|index
clickhouse|run_select_query|read|database|Run a SELECT query in a ClickHouse database|query
qdrant|qdrant-store|write|database|Keep the memory for later use, when you are asked to remember something.|information,metadata,collection_name
qdrant|qdrant-find|read|database|Look up memories in Qdrant. Use this tool when you need to find memories by their content|query,collection_name
chroma|chroma_delete_collection|destructive|database|Delete a Chroma collection.|collection_name
chroma|chroma_peek_collection|read|database|Peek at documents in a Chroma collection.|collection_name,limit
pinecone|upsert-records|write|database|Insert or update records in a Pinecone index|name,namespace,records
neo4j|write_neo4j_cypher|destructive|database|Execute a write Cypher query on the neo4j database.|query,params
neo4j|read_neo4j_cypher|read|database|Execute a read Cypher query on the neo4j database.|query,params
neo4j|get_neo4j_schema|read|database|List all node types, their attributes and their relationships in the neo4j database|
snowflake|write_query|destructive|database|Execute an INSERT, UPDATE, or DELETE query on the Snowflake database|query
snowflake|append_insight|write|database|Add a data insight to the memo|insight
sqlite|read_query|read|database|Execute a SELECT query on the SQLite database|query
sqlite|create_table|write|database|Create a new table in the SQLite database|query
mssql|drop_table|destructive|database|Drops a table from the MSSQL Database.|tableName
kafka|produce-message|write|messaging|Produce records to a Kafka topic|topicName,value,key
kafka|delete-topics|destructive|messaging|Delete the topic with the given names.|topicNames
kafka|consume-messages|read|messaging|Consumes messages from one or more Kafka topics|topicNames,maxMessages
airtable|update_records|write|saas-control|Update up to 10 records in a table|baseId,tableId,records
airtable|delete_records|destructive|saas-control|Delete records from a table|baseId,tableId,recordIds
gmail|send_email|write|messaging|Sends a new email|to,subject,body,cc,bcc
gmail|search_emails|read|messaging|Searches for emails using Gmail search syntax|query,maxResults
gmail|delete_email|destructive|messaging|Permanently deletes an email|messageId
gmail|modify_email|write|messaging|Modifies email labels (move to different folders)|messageId,addLabelIds,removeLabelIds
gmail|download_attachment|write|messaging|Downloads an email attachment to a specified location|messageId,attachmentId,filename,savePath
calendar|list-events|read|saas-control|List events from one or more calendars|calendarId,timeMin,timeMax
calendar|get-freebusy|read|saas-control|Query free/busy information for calendars|calendars,timeMin,timeMax
gdrive|gdrive_read_file|read|filesystem|Read contents of a file from Google Drive|fileId
discord|discord_send|write|messaging|Sends a message to a specified Discord text channel|channelId,message
discord|discord_delete_channel|destructive|messaging|Deletes a Discord channel with an optional reason|channelId,reason
discord|discord_read_messages|read|messaging|Retrieves messages from a Discord text channel with a configurable limit|channelId,limit
telegram|get_chats|read|messaging|Get a paginated list of chats.|page,page_size
telegram|leave_chat|destructive|messaging|Leave a group or channel by chat ID.|chat_id
docker|run_container|exec|code-exec|Run an image in a new Docker container (preferred over create_container + start_container).|image,name,entrypoint,command,network,environment,ports,volumes
docker|remove_container|destructive|cloud-control|Remove a Docker container|container_id,force
docker|fetch_container_logs|read|monitoring|Fetch logs for a Docker container|container_id,tail
portainer|dockerProxy|exec|cloud-control|Proxy Docker requests to a specific Portainer environment. This tool can be used with any Docker API operation as documented in the Docker Engine API specification|environmentId,dockerAPIPath,method,queryParams,headers,body
argocd|sync_application|write|ci-cd|sync_application syncs application|applicationName,dryRun,prune,revision
argocd|get_application_managed_resources|read|ci-cd|get_application_managed_resources returns managed resources for application by application name|applicationName
argocd|delete_application|destructive|ci-cd|delete_application deletes application|applicationName,cascade
helm|helm_uninstall|destructive|kubernetes|Uninstall a Helm release|release_name,namespace
helm|helm_install|write|kubernetes|Install a Helm chart|chart,release_name,namespace,values
jenkins|build_item|write|ci-cd|Build an item in Jenkins|fullname,data,build_type
jenkins|get_build_console_output|read|ci-cd|Get the console output of a specific build in Jenkins|fullname,number
jenkins|run_groovy_script|exec|ci-cd|Run a Groovy script on the Jenkins script console|script
vault|read_secret|read|secrets|Read a secret from a KV mount at a path|mount,path,key
vault|delete_mount|destructive|secrets|Delete a mount in Vault|path
vault|enable_pki|write|secrets|Enable and configure a PKI secrets engine on a mount|path,description
sonarqube|change_sonar_issue_status|write|source-control|Change the status of a SonarQube issue to "accept", "falsepositive" or to "reopen" an issue|key,status
sonarqube|search_sonar_issues_in_projects|read|source-control|Search for SonarQube issues in my organization's projects.|projects,severities
semgrep|semgrep_scan|read|source-control|Runs a Semgrep scan on provided code content and returns the findings in JSON format|code_files,config
ssh|ssh_exec|exec|code-exec|Execute a command on a remote server over SSH|host,command
ssh|sftp_upload|write|filesystem|Upload a local file to a remote server via SFTP|localPath,remotePath
homeassistant|control|write|other|Control Home Assistant entities (lights, climate, etc.)|command,entity_id,state,brightness
blender|execute_blender_code|exec|code-exec|Execute arbitrary Python code in Blender. Make sure to do it step-by-step|code
blender|get_scene_info|read|other|Get detailed information about the current Blender scene|
obsidian|obsidian_append_content|write|knowledge|Append content to a new or existing file in the vault.|filepath,content
obsidian|obsidian_delete_file|destructive|knowledge|Delete a file or directory from the vault.|filepath,confirm
git|git_reset|destructive|source-control|Unstages all staged changes|repo_path
git|git_checkout|write|source-control|Switches branches|repo_path,branch_name
git|git_diff_unstaged|read|source-control|Shows changes in the working directory that are not yet staged|repo_path
fetch|fetch|read|web|Fetches a URL from the internet and optionally extracts its contents as markdown.|url,max_length,start_index,raw
time|convert_time|read|other|Convert time between timezones|source_timezone,time,target_timezone
terraform-cloud|create_run|write|iac|Creates a new Terraform run in the specified workspace|terraform_org_name,workspace_name,run_type,message
terraform-cloud|apply_run|write|iac|Applies a Terraform run that is paused waiting for confirmation|run_id,comment
terraform-cloud|delete_workspace_safely|destructive|iac|Safely deletes a Terraform workspace by ID only if it's not managing any resources|workspace_id
pulumi|pulumi-cli-up|write|iac|Runs \`pulumi up\` to deploy changes of a program to a stack|workDir,stack
okta|deactivate_user|write|identity|Deactivate a user in the Okta organization|user_id
okta|list_groups|read|identity|List groups of the Okta organization|query
entra|reset_user_password_direct|write|identity|Reset a user's password with a specific password value|user_id,password
hubspot|hubspot-batch-create-objects|write|saas-control|Creates multiple HubSpot objects of the same objectType in a single API call|objectType,inputs
salesforce|run_soql_query|read|saas-control|Run a SOQL query against a Salesforce org.|query,usernameOrAlias
salesforce|deploy_metadata|write|saas-control|Deploy metadata to an org from your DX project.|sourceDir,manifest
e2b|run_code|exec|code-exec|Run python code in a secure sandbox by E2B. Using the Jupyter Notebook syntax.|code
puppeteer|puppeteer_screenshot|read|browser|Take a screenshot of the current page or a specific element|name,selector,width,height
puppeteer|puppeteer_fill|write|browser|Fill out an input field|selector,value
zapier|add_tools|write|workflow-automation|Add new actions to your Zapier MCP provider|
huggingface|gr1_flux1_schnell_infer|write|ai|Generate an image using the Flux 1 Schnell Image Generator.|prompt,seed,width
replicate|create_prediction|write|ai|Create a new prediction using a Replicate model|version,input
openai-image|edit_image|write|ai|Edit an existing image with a prompt|image,prompt
playwright-api|playwright_delete|destructive|web|Perform an HTTP DELETE request|url
rest|test_request|exec|web|Test a REST API endpoint and get detailed response information|method,endpoint,body,headers
`;
