/** The same of servers that were labelled later, after the rules had been mended by the first list. */
export const furtherServers = `
newrelic|run_nrql_query|read|monitoring|Execute a NRQL query against New Relic and return the results|query,account_id
newrelic|create_alert_condition|write|monitoring|Create a new NRQL alert condition in a policy|policy_id,name,nrql,threshold
splunk|delete_saved_search|destructive|monitoring|Delete a saved search in Splunk|name
opsgenie|close_alert|write|monitoring|Close an alert in Opsgenie|identifier,note
sentry2|resolve_short_id|read|monitoring|Resolve a short issue id to issue details|short_id
linode|linode_instance_boot|write|cloud-control|Boot a Linode instance|linodeId
vultr|list_snapshots|read|cloud-control|List all snapshots of the account|
fly|machine_destroy|destructive|cloud-control|Destroy a Fly machine|app,id,force
railway|deployment_redeploy|write|ci-cd|Redeploy a specific deployment|deploymentId
railway|variable_set|write|secrets|Create or update an environment variable of a service|projectId,environmentId,name,value
render|update_environment_variables|write|secrets|Update all environment variables for a service|serviceId,envVars
docker2|list_images|read|cloud-control|List Docker images on this machine|
docker2|prune_volumes|destructive|cloud-control|Remove unused Docker volumes|
k8s2|exec_pod|exec|kubernetes|Execute a command in a pod|namespace,pod,command
k8s2|get_pod_logs|read|kubernetes|Get logs from a pod|namespace,pod,tail
k8s2|cordon_node|write|kubernetes|Mark a node as unschedulable|node
k8s2|apply_yaml|write|kubernetes|Apply a YAML manifest to the cluster|yaml
istio|get_virtual_services|read|kubernetes|Get the Istio virtual services of a namespace in Kubernetes|namespace
bitbucket|bb_merge_pr|write|source-control|Merge a pull request in a Bitbucket repository|workspace,repo_slug,pull_request_id
gitlab|delete_branch|destructive|source-control|Delete a branch of a GitLab project|project_id,branch
gitlab|create_merge_request_note|write|source-control|Add a note to a merge request in a GitLab project|project_id,merge_request_iid,body
gitea|search_repos|read|source-control|Search repositories on Gitea|keyword
jfrog|delete_artifact|destructive|ci-cd|Delete an artifact from an Artifactory repository|path
buildkite|unblock_job|write|ci-cd|Unblock a blocked job in a Buildkite build to allow it to continue execution|org,pipeline,build,job_id
teamcity|trigger_build|write|ci-cd|Trigger a build configuration in TeamCity|buildTypeId,branch
slack|conversations_history|read|messaging|Get messages from a channel or DM|channel_id,limit
slack|slack_add_reaction|write|messaging|Add a reaction emoji to a message|channel_id,timestamp,reaction
twilio|send_sms|write|messaging|Send an SMS to a phone number|to,body
mailchimp|get_campaign_report|read|messaging|Get the report of an email campaign|campaign_id
whatsapp|send_file|write|messaging|Send a file such as a picture or document via WhatsApp|recipient,media_path
zendesk|update_ticket|write|project-mgmt|Update an existing Zendesk ticket|ticket_id,status
servicenow|approve_change|write|project-mgmt|Approve a change request in ServiceNow|change_id
monday|create_item|write|project-mgmt|Create a new item in a monday.com board|boardId,name
clickup|move_task|write|project-mgmt|Move a task to a different list|taskId,listId
shopify|get-products|read|saas-control|Get all products or search by title|searchTitle,limit
quickbooks|delete_invoice|destructive|saas-control|Delete an invoice in QuickBooks|id
paypal|create_order|write|saas-control|Create an order in PayPal|items,currency
xero|list-contacts|read|saas-control|List all contacts in Xero|page
postgres-pro|analyze_db_health|read|database|Analyzes database health|health_type
postgres-pro|execute_sql|destructive|database|Execute any SQL query|sql
mysql|mysql_query|destructive|database|Run SQL queries against MySQL database|sql
bigquery|execute-query|read|database|Execute a SELECT query on the BigQuery database|query
duckdb|query|destructive|database|Execute a SQL query on the DuckDB or MotherDuck database|query
mongo2|insertOne|write|database|Insert a single document into a collection|collection,document
mongo2|dropIndex|destructive|database|Drop an index of a collection|collection,indexName
milvus|milvus_vector_search|read|database|Perform vector similarity search on a collection|collection_name,vector,limit
couchbase|upsert_document_by_id|write|database|Upsert a document to a scope and collection by its id|scope_name,collection_name,document_id
rabbitmq|purge_queue|destructive|messaging|Purge all messages from a RabbitMQ queue|queue,vhost
nats|publish_message|write|messaging|Publish a message to a NATS subject|subject,payload
auth0|auth0_create_application|write|identity|Create a new Auth0 application|name,app_type
auth0|auth0_list_logs|read|monitoring|List logs from the Auth0 tenant|q,take
keycloak|delete-user|destructive|identity|Delete a user from a specific realm|realm,userId
onepassword|get_item_password|read|secrets|Get the password of an item in a 1Password vault|item,vault
ansible|run_playbook|exec|iac|Run an Ansible playbook against an inventory|playbook,inventory,extra_vars
opentofu|get-module-details|read|iac|Get details of an OpenTofu module|namespace,name
terraform|plan|read|iac|Run terraform plan to preview the changes|directory
jupyter|insert_execute_code_cell|exec|code-exec|Insert and execute a code cell in a Jupyter notebook|cell_index,cell_source
code-runner|run-code|exec|code-exec|Run code snippet and return the result|code,languageId
iterm|write_to_terminal|exec|code-exec|Writes text to the active iTerm terminal - often used to run a command in the terminal|command
filesystem2|directory_tree|read|filesystem|Get a recursive tree view of files and directories as a JSON structure|path
filesystem2|create_directory|write|filesystem|Create a new directory or ensure a directory exists|path
browserbase|browserbase_stagehand_act|write|browser|Perform a single action on the page|action
selenium|click_element|write|browser|Clicks an element of the page|by,value
firecrawl2|firecrawl_scrape|read|web|Scrape content from a single URL with advanced options|url,formats
brave|brave_web_search|read|web|Performs a web search using the Brave Search API|query,count
wikipedia|get_article|read|knowledge|Get the full content of a Wikipedia article|title
confluence|confluence_delete_page|destructive|project-mgmt|Delete an existing Confluence page|page_id
openai|generate_image|write|ai|Generate an image with OpenAI's gpt-image model and save it to disk|prompt,output_path
elevenlabs|text_to_speech|write|ai|Convert text to speech with a given voice and save the output audio file to a given directory|text,voice_name,output_directory
weather|get_forecast|read|other|Get weather forecast for a location|latitude,longitude
maps|maps_directions|read|other|Get directions between two points|origin,destination,mode
spotify|playback_control|write|other|Start, pause or skip the playback on the active device|action
pagerduty2|get_oncalls|read|monitoring|Get the on-call entries of schedules|schedule_ids
internal|get_customer_orders|read|saas-control|Look up the orders of a customer|customer_id
internal|refund_order|write|saas-control|Refund an order|order_id,amount
internal|get_employee_salary|read|saas-control|Returns the salary of an employee|employee_id
internal|restart_service|write|other|Restarts a service on the application server|service
internal|deploy_service|write|ci-cd|Deploys a version of a service to an environment|service,version,environment
internal|lookup_ip|read|other|Geolocate an IP address|ip
internal|set_feature_flag|write|saas-control|Set a feature flag|flag,value
internal|approve_expense|write|other|Approves an expense report|report_id
internal|send_payout|write|saas-control|Sends a payout to a vendor|vendor,amount
internal|void_invoice|write|saas-control|Void an invoice|invoice_id
internal|search_knowledge_base|read|knowledge|Searches the internal knowledge base|query
internal|wipe_device|destructive|other|Wipes a managed device remotely|device_id
internal|rotate_api_key|write|secrets|Rotates the API key of a service|service
internal|whitelist_ip|write|other|Adds an IP to the allow list|ip
internal|run_report|read|other|Runs a saved report and returns its rows|report
internal|bulk_delete_records|destructive|database|Deletes records in bulk|ids
internal|clear_cache|destructive|database|Clears the cache|
internal|impersonate_user|write|identity|Start a session as another user|user_id
internal|calculate_shipping|read|other|Calculates shipping costs|weight,destination
internal|validate_address|read|other|Validates a postal address|address
internal|book_meeting|write|saas-control|Books a meeting room|room,start,end
internal|cancel_order|write|saas-control|Cancels an order|order_id
internal|hard_delete_account|destructive|other|Irreversibly deletes an account and all its data|account_id
internal|track_shipment|read|other|Tracks a shipment|tracking_number
internal|generate_invoice_pdf|read|saas-control|Generate the PDF of an invoice|invoice_id
internal|upload_document|write|filesystem|Uploads a document|name,content
internal|eval_expression|exec|code-exec|Evaluates a JavaScript expression|expression
internal|python_exec|exec|code-exec|Executes Python code|code
internal|system_command|exec|code-exec|Runs a command on the system|command
internal|ping_host|read|other|Pings a host|host
internal|nslookup|read|other|Resolves a DNS name|name
internal|block_user|write|identity|Blocks a user|user_id
internal|grant_role|write|identity|Grants a role to a user|user_id,role
internal|unlock_door|write|other|Unlocks a door|door_id
internal|translate_text|read|other|Translates text|text,target_language
internal|transcribe_audio|read|ai|Transcribes an audio file|url
internal|summarize_ticket|read|project-mgmt|Summarizes a support ticket|ticket_id
internal|escalate_ticket|write|project-mgmt|Escalates a ticket to the next level|ticket_id
internal|check_inventory|read|saas-control|Checks stock levels of a product|sku
internal|adjust_inventory|write|saas-control|Adjusts the stock level of a product|sku,delta
internal|reset_password|write|identity|Resets the password of a user|user_id
internal|turn_off_lights|write|other|Turns off the lights|room
internal|withdraw_funds|write|other|Withdraws funds from an account|account,amount
internal|sell_stock|write|other|Places a sell order|symbol,quantity
internal|get_quote|read|other|Returns the price of a stock|symbol
internal|encrypt_file|write|filesystem|Encrypts a file in place|path
internal|compress_image|read|other|Compresses an image and returns it|image
internal|reindex_search|write|other|Rebuilds the search index|
internal|truncate_logs|destructive|monitoring|Truncates log files|path
internal|disable_mfa|write|identity|Disables MFA for a user|user_id
`;
