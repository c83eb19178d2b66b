/** The same of servers that were labelled after the rules had been mended by the first list. */
export const startedServers = `
atlassian-bitbucket|bb_patch|write|source-control|Partially update Bitbucket resources|path,queryParams,jq,outputFormat,body
atlassian-bitbucket|bb_get|read|source-control|Read any Bitbucket data|path,queryParams,jq,outputFormat
atlassian-bitbucket|bb_delete|destructive|source-control|Delete Bitbucket resources|path,queryParams,jq,outputFormat
atlassian-bitbucket|bb_clone|write|source-control|Clone a Bitbucket repository to your local filesystem using SSH|workspaceSlug,repoSlug,targetPath
atlassian-bitbucket|bb_post|write|source-control|Create Bitbucket resources|path,queryParams,jq,outputFormat,body
browserbase|browserbase_stagehand_agent|write|browser/ai|Execute a task autonomously using Gemini Computer Use agent|prompt
browserbase|browserbase_stagehand_observe|read|browser|Find interactive elements on the page from an instruction|instruction
browserbase|browserbase_stagehand_act|write|browser|Perform a single action on the page|action,variables
browserbase|browserbase_screenshot|read|browser|Capture a full-page screenshot and return it|name
browserbase|browserbase_session_create|write|browser|Create or reuse a Browserbase browser session and set it as|sessionId
circleci|get_job_test_results|read|ci-cd|This tool retrieves test metadata for a CircleCI job|params
circleci|run_pipeline|write|ci-cd|This tool triggers a new CircleCI pipeline and returns the URL|params
circleci|find_underused_resource_classes|read|ci-cd|Analyzes a CircleCI usage data CSV file to find jobs/resource classes|params
circleci|get_build_failure_logs|read|ci-cd/monitoring|This tool helps debug CircleCI build failures by retrieving failure logs|params
circleci|list_component_versions|read|ci-cd|This tool lists all versions for a CircleCI component|params
digitalocean|byoip-prefix-get|read|cloud-control|Get BYOIP prefix information by UUID|UUID
digitalocean|doks-upgrade-cluster|write|kubernetes/cloud-control|Upgrade a DigitalOcean Kubernetes cluster|ClusterID,VersionSlug
digitalocean|db-cluster-get-user|read|database/cloud-control|Get a database user by cluster id and user name|id,user
digitalocean|db-cluster-get-ca|read|database/cloud-control/secrets|Get the CA certificate for a cluster by its id|id
digitalocean|domain-record-create|write|cloud-control|Create a new domain record|Data,Domain,Name,Type
hubspot|hubspot-create-engagement|write|saas-control|Guardrails|type,ownerId,timestamp,associations,metadata
hubspot|hubspot-list-properties|read|saas-control|Purpose|objectType,archived,includeHidden
hubspot|hubspot-get-user-details|read|saas-control/identity|Purpose 1|
hubspot|hubspot-get-link|read|saas-control|Purpose|portalId,uiDomain,pageRequests
hubspot|hubspot-batch-update-objects|write|saas-control|Guardrails|objectType,inputs
infisical|create-secret|write|secrets|Create a new secret in Infisical|projectId,environmentSlug,secretName,secretValue,secretPath
infisical|create-folder|write|secrets|Create a new folder in Infisical|description,environment,name,path,projectId
infisical|get-secret|read|secrets|Get a secret in Infisical|secretName,projectId,environmentSlug,secretPath,expandSecretReferences,includeImports
infisical|delete-secret|destructive|secrets|Delete a secret in Infisical|projectId,environmentSlug,secretPath,secretName
infisical|update-secret|write|secrets|Update a secret in Infisical|projectId,environmentSlug,secretName,newSecretName,secretValue,secretPath
miro|get-all-groups|read|saas-control/project-mgmt|Retrieve all groups on a Miro board|boardId,limit,cursor
miro|delete-image-item|destructive|saas-control/project-mgmt|Delete a specific image item from a Miro board|boardId,itemId
miro|update-group|write|saas-control/project-mgmt|Update a specific group on a Miro board with new items|boardId,groupId,data
miro|get-item-tags|read|saas-control/project-mgmt|Retrieve all tags attached to a specific item on a Miro|boardId,itemId
miro|create-text-item|write|saas-control/project-mgmt|Create a new text item on a Miro board|boardId,data,position,geometry,style
neon|__node_version|read|meta|Get the Node|params
neon|create_branch|write|database/cloud-control|Create a branch in a Neon project|params
neon|run_sql|destructive|database|Execute a single SQL statement against a Neon database|params
neon|prepare_database_migration|write|database|use_case> This tool performs database schema migrations by automatically generating and|params
neon|list_projects|read|database/cloud-control|List all Neon projects in your account|params
pinecone-database|describe-index-stats|read|database|Describe the statistics of a Pinecone index|name,llm_provider,llm_model
pinecone-database|create-index-for-model|write|database|Create a Pinecone index with integrated inference|name,cloud,region,embed,llm_provider,llm_model
pinecone-database|cascading-search|read|database|Search across multiple indexes for records that are similar to the|indexes,query,rerank,llm_provider,llm_model
pinecone-database|upsert-records|write|database|Insert or update records in an integrated Pinecone index|name,namespace,records,llm_provider,llm_model
pinecone-database|search-records|read|database|Search an index for records that are semantically similar to the|name,namespace,query,rerank,llm_provider,llm_model
xero|list-payroll-employee-leave|read|saas-control|List all leave records for a specific employee in Xero|employeeId
xero|list-manual-journals|read|saas-control|List all manual journals from Xero|manualJournalId,modifiedAfter,page
xero|list-aged-receivables-by-contact|read|saas-control|Lists the aged receivables in Xero|contactId,reportDate,invoicesFromDate,invoicesToDate
xero|update-tracking-category|write|saas-control|Updates an existing tracking category in Xero|trackingCategoryId,name,status
xero|update-quote|write|saas-control|Update a quote in Xero|quoteId,lineItems,reference,terms,title,summary
gitlab|create_issue_link|write|source-control/project-mgmt|Create an issue link between two issues|project_id,issue_iid,target_project_id,target_issue_iid,link_type
gitlab|list_projects|read|source-control|List projects accessible by the current user|search,search_namespaces,owned,membership,simple,archived
gitlab|get_user|read|source-control/identity|Get user details by ID|user_id
gitlab|verify_namespace|read|source-control|Verify if a namespace path exists|path,parent_id
gitlab|list_draft_notes|read|source-control|List draft notes for a merge request|project_id,merge_request_iid
airtable|list_records|read|saas-control/database|List records from a table|baseId,tableId,view,maxRecords,filterByFormula,sort
airtable|update_records|write|saas-control/database|Update up to 10 records in a table|baseId,tableId,records
airtable|search_records|read|saas-control/database|Search for records containing specific text|baseId,tableId,searchTerm,fieldIds,maxRecords,view
airtable|list_comments|read|saas-control/database|List comments on a record|baseId,tableId,recordId,pageSize,offset
airtable|get_record|read|saas-control/database|Get a specific record by ID|baseId,tableId,recordId
gcp|get-cost-forecast|read|cloud-control|Get cost forecast for the current project|projectId,months
gcp|list-projects|read|cloud-control|List all GCP projects accessible with current credentials|
gcp|get-billing-info|read|cloud-control|Get billing information for the current project|projectId
gcp|select-project|write|cloud-control|Selects GCP project to use for subsequent interactions|projectId,region
gcp|get-billing-budget|read|cloud-control|Get billing budgets for the current project|projectId
google-drive|insertSlidesImageFromUrl|write|saas-control/filesystem|Insert an image into a Google Slides slide from a publicly|presentationId,pageObjectId,imageUrl,x,y,width
google-drive|formatGoogleDocParagraph|write|saas-control/filesystem|Apply paragraph formatting|documentId,startIndex,endIndex,textToFind,matchInstance,indexWithinParagraph
google-drive|renameSheet|write|saas-control/filesystem|Rename a sheet/tab by sheetId|spreadsheetId,sheetId,newTitle,account
google-drive|createParagraphBullets|write|saas-control/filesystem|Add or remove bullet points / numbered lists on paragraphs in|documentId,startIndex,endIndex,textToFind,matchInstance,bulletPreset
google-drive|addDocumentTab|write|saas-control/filesystem|Add a new tab in a Google Doc|documentId,title,account
asana|asana_create_project|write|project-mgmt|Create a new project in a workspace or team|workspace,name,team,notes,color,privacy_setting
asana|asana_update_project|write|project-mgmt|Update a project's details|project_id,name,notes,html_notes,color,privacy_setting
asana|asana_get_my_tasks|read|project-mgmt|Get tasks from the authenticated user's 'My Tasks' list in a|workspace,opt_fields,completed_since
asana|asana_get_project|read|project-mgmt|Get detailed information about a specific project|project_id,opt_fields
asana|asana_get_tasks_for_project|read|project-mgmt|Get all tasks in a project|project_id,opt_fields,limit,offset
ssh-manager|ssh_execute|exec|code-exec|Runs a shell command over SSH on a named configured server|server,command,cwd,timeout
ssh-manager|ssh_session_send|exec|code-exec|Runs one command inside an already-open session identified by its session|session,command,timeout
ssh-manager|ssh_upload|write|filesystem/code-exec|Uploads one local file to a remote destination path over SFTP|server,localPath,remotePath
ssh-manager|ssh_hooks|write|code-exec/other|Manages automation hooks that fire around SSH operations such as pre-deploy|action,hook
ssh-manager|ssh_tunnel_close|write|code-exec/other|Tears down active SSH tunnels created earlier|tunnelId,server
mysql|list_tables|read|database|List all tables in a specified database|database
mysql|describe_table|read|database|Show the schema for a specific table|database,table
mysql|list_databases|read|database|List all accessible databases on the MySQL server|
mysql|execute_query|read|database|Execute a read-only SQL query|query,database
sentry|create_team|write|monitoring/identity|Create a new team in Sentry|organizationSlug,regionUrl,name
sentry|whoami|read|meta/identity/monitoring|Identify the authenticated user in Sentry|
sentry|get_event_attachment|read|monitoring|Download attachments from a Sentry event|organizationSlug,projectSlug,eventId,attachmentId,regionUrl
sentry|get_doc|read|docs|Fetch the full markdown content of a Sentry documentation page|path
sentry|create_dsn|write|monitoring/secrets|Create an additional DSN for an EXISTING project|organizationSlug,regionUrl,projectSlug,name
enhanced-postgres|createTrigger|write|database|Create a trigger on a table|name,tableName,functionName,when,events,forEach
enhanced-postgres|createIndex|write|database|Create an index on a table|tableName,indexName,columns,unique,type,where
enhanced-postgres|alterTable|write|database|Alter a table structure|tableName,operation,details
enhanced-postgres|query|read|database|Run a read-only SQL query|sql
enhanced-postgres|update|write|database|Update records in a table|table,data,where
shopify-admin|get_abandoned_checkouts|read|saas-control|List abandoned checkouts with optional filtering|first,after,query
shopify-admin|get_code_discounts|read|saas-control|List only code-based discounts|first,after,query
shopify-admin|get_shop_locales|read|saas-control|Get all locales configured for the shop|
shopify-admin|get_inventory_item|read|saas-control|Get detailed information about a single inventory item|id
shopify-admin|get_product_variants|read|saas-control|List all variants for a specific product|productId,first,after
bullmq|add_job|write|messaging/database/workflow-automation|Add a new job to the queue|queue,name,data,opts
bullmq|query_dead_letter_queue|read|messaging/database/workflow-automation|Query jobs in the dead letter queue|dlqKey,jobName,limit
bullmq|get_job|read|messaging/database/workflow-automation|Get a specific job by ID|queue,jobId
commands|run_script|exec|code-exec|Run a script on this linux machine|interpreter,script,cwd
commands|run_command|exec|code-exec|Run a command on this linux machine|command,cwd
selenium|send_keys|write|browser|sends keys to an element|by,value,timeout,text
selenium|start_browser|write|browser|launches browser|browser,options
selenium|execute_script|exec|browser|executes JavaScript in the browser and returns the result|script,args
bitwarden|get_org_subscription|read|secrets/identity/saas-control|Retrieve the subscription details for the current organization|
bitwarden|list_send|read|secrets|List all Bitwarden Sends|
bitwarden|list_org_groups|read|secrets/identity|List all groups|
browserstack|fetchBuildInsights|read|ci-cd/saas-control|Fetch build details and quality gate results|buildId
browserstack|createProjectOrFolder|write|ci-cd/saas-control/project-mgmt|Create a project and/or folder in BrowserStack Test Management|project_name,project_description,project_identifier,folder_name,folder_description,parent_id
browserstack|createTestCasesFromFile|write|ci-cd/saas-control/ai|Generate test cases from a file in BrowserStack Test Management using|documentId,folderId,projectReferenceId
chatwork|get_me|read|messaging|自分自身の情報を取得します。|
chatwork|list_room_tasks|read|messaging/project-mgmt|チャットのタスク一覧を最大100件まで取得します。|path,query
chatwork|list_room_messages|read|messaging|チャットのメッセージ一覧を最大100件まで取得します。|path,query
quantum-management|show_services_udp|read|cloud-control/other|Retrieve multiple UDP service objects with optional filtering and pagination|filter,limit,offset,order,show_membership,details_level
quantum-management|show_access_layers|read|cloud-control/other|Show all access layers|filter,limit,offset,order,details_level,domains_to_process
quantum-management|show_domains|read|cloud-control/other|Retrieve all domains available in the management server|filter,limit,offset,order,details_level,domains_to_process
cloudbase|readNoSqlDatabaseContent|read|database/cloud-control|查询 CloudBase NoSQL 数据库中的数据记录。支持按条件筛选、分页、排序，适用于管理端数据查询与运维。limit 默认 100、最大 1000；超出请用 offset 分页。projection 仅支持 {|collectionName,instanceId,query,projection,sort,limit
cloudbase|queryAgents|read|cloud-control/ai|CloudBase Agent 域统一只读入口。支持列表、详情与日志查询。|action,agentId,pageNumber,pageSize,params
codacy|codacy_list_pull_request_issues|read|source-control|Returns a list of issues found in a pull request|provider,organization,repository,cursor,limit,pullRequestNumber
codacy|codacy_list_repository_tools|read|source-control|Get analysis tools settings of a repository|provider,organization,repository
codacy|codacy_get_file_clones|read|source-control|Get the list of duplication clones for a file in a|provider,organization,repository,fileId
godot|load_sprite|write|other|Load a sprite into a Sprite2D node|projectPath,scenePath,nodePath,texturePath
godot|export_mesh_library|write|other|Export a scene as a MeshLibrary resource|projectPath,scenePath,outputPath,meshItemNames
godot|create_scene|write|other|Create a new Godot scene file|projectPath,scenePath,rootNodeType
currents|currents-get-runs|read|ci-cd/monitoring|Retrieves a list of the latest runs for a specific project|projectId,limit,cursor
currents|currents-get-tests-performance|read|ci-cd/monitoring|Retrieves test performance metrics for a specific project|projectId,from,to,specNameFilter,testNameFilter,order
currents|currents-get-test-results|read|ci-cd/monitoring|Retrieves debugging data from test results of a test by its|signature,tags,branches,limit,cursor,authors
debugger|list_debug_sessions|read|code-exec/other|List all active debugging sessions|
debugger|get_local_variables|read|code-exec/other|Get local variables for the current stack frame|sessionId,includeSpecial
debugger|get_source_context|read|code-exec/other|Get source context around a specific line in a file|sessionId,file,line,linesContext
trello|list_boards_in_workspace|read|project-mgmt|List all boards in a specific workspace|workspaceId
trello|archive_card|write|project-mgmt|Send a card to the archive on a specific board|boardId,cardId
trello|watch_card|write|project-mgmt|Subscribe or unsubscribe from watching a card for activity notifications|cardId,subscribed
discourse|discourse_run_query|read|messaging/saas-control/knowledge/database|Execute a Data Explorer query with parameters|id,params,limit,explain
discourse|discourse_search|read|messaging/saas-control/knowledge|Search site content|query,max_results
discourse|discourse_read_private_message|read|messaging|Read an authenticated private message|topic_id,post_limit,start_post_number
metabase|list_permission_groups|read|identity/monitoring/saas-control|List all permission groups|
metabase|create_dashboard_public_link|write|monitoring/saas-control|Create a public sharing link for a dashboard|dashboard_id
metabase|get_table_metadata|read|database/monitoring/saas-control|Get full query metadata for a table including all fields with|table_id,include_sensitive_fields
playwright|playwright_navigate|write|browser|Navigate to a URL|url,browserType,width,height,timeout,waitUntil
playwright|playwright_iframe_click|write|browser|Click an element in an iframe on the page|iframeSelector,selector
playwright|playwright_hover|write|browser|Hover an element on the page|selector
teams|send_channel_message|write|messaging|Send a message to a specific channel in a Microsoft Team|teamId,channelId,message,importance,format,mentions
teams|get_channel_message_replies|read|messaging|Get all replies to a specific message in a channel|teamId,channelId,messageId,limit
teams|auth_status|read|identity/messaging/meta|Check the authentication status of the Microsoft Graph connection|
postgres|pg_manage_indexes|destructive|database|Manage PostgreSQL indexes|connectionString,operation,schema,tableName,indexName,includeStats
postgres|pg_manage_functions|destructive|database|Manage PostgreSQL functions|connectionString,operation,functionName,schema,parameters,returnType
postgres|pg_manage_query|write|database|Manage PostgreSQL query analysis and performance|operation,connectionString,query,analyze,buffers,verbose
n8n|update-workflow|write|workflow-automation|Update an existing workflow in n8n|clientId,id,workflow
n8n|list-tags|read|workflow-automation|Retrieve all tags from your instance|clientId,limit
n8n|create-tag|write|workflow-automation|Create a new tag in your instance|clientId,name
iterable|list_experiments|read|messaging/saas-control|List experiments with optional filtering by campaign|campaignId,status,startDate,endDate,limit,offset
iterable|get_snippets|read|messaging/saas-control|Get all snippets for the current project|
iterable|get_catalog_items|read|messaging/saas-control|Get items from a catalog with optional pagination and sorting|catalogName,page,pageSize,orderBy,sortAscending
karakeep|get-tags|read|knowledge/saas-control|List tags with their bookmark counts|nameContains,sort,attachedBy,cursor,limit
karakeep|update-list|write|knowledge/saas-control|Update a list|listId,name,icon,description,parentId,query
karakeep|delete-bookmark|destructive|knowledge/saas-control|Delete a bookmark by id|bookmarkId
taskmanager|list_requests|read|project-mgmt|List all requests with their basic information and summary of tasks|
taskmanager|update_task|write|project-mgmt|Update an existing task's title and/or description|requestId,taskId,title,description
taskmanager|approve_task_completion|write|project-mgmt|Once the assistant has marked a task as done using 'mark_task_done'|requestId,taskId
plane|get_total_worklogs|read|project-mgmt|Get total logged time for a project|project_id
plane|get_projects|read|project-mgmt|Get all projects for the current user|
plane|get_issue_comments|read|project-mgmt|Get all comments for a specific issue|project_id,issue_id
coolify|validate_server|read|cloud-control|Validate server connection|uuid
coolify|list_servers|read|cloud-control|List servers|page,per_page
coolify|find_issues|read|cloud-control/monitoring|Scan infrastructure for problems|
mem0|search-memories|read|knowledge|Search through stored memories|query,userId
mem0|add-memory|write|knowledge|Add a new memory|content,userId
aws-kb-retrieval|retrieve_from_aws_kb|read|cloud-data/knowledge/docs|Performs retrieval from the AWS Knowledge Base using the provided query|query,knowledgeBaseId,n
google-maps|maps_geocode|read|other/web|Convert an address into geographic coordinates|address
google-maps|maps_distance_matrix|read|other/web|Calculate travel distance and time for multiple origins and destinations|origins,destinations,mode
google-maps|maps_directions|read|other/web|Get directions between two points|origin,destination,mode
postgres|query|read|database|Run a read-only SQL query|sql
puppeteer|puppeteer_navigate|write|browser|Navigate to a URL|url,launchOptions,allowDangerous
puppeteer|puppeteer_click|write|browser|Click an element on the page|selector
puppeteer|puppeteer_hover|write|browser|Hover an element on the page|selector
slack|slack_get_users|read|messaging/identity|Get a list of all users in the workspace with their|cursor,limit
slack|slack_post_message|write|messaging|Post a new message to a Slack channel|channel_id,text
slack|slack_add_reaction|write|messaging|Add a reaction emoji to a message|channel_id,timestamp,reaction
dev|learn_shopify_api|read|docs/saas-control|MANDATORY FIRST STEP|api,version,conversationId,model,user_prompt
dev|validate_theme|read|docs/saas-control|This tool validates Liquid codeblocks|conversationId,absoluteThemePath,filesCreatedOrUpdated
dev|search_docs_chunks|read|docs|This tool will take in the user prompt|conversationId,prompt,max_num_results,api_name,version
ms-365|create-contact-folder|write|saas-control/messaging|Create a new contactFolder under the user's default contacts folder|body,includeHeaders,excludeResponse,confirm
ms-365|create-planner-task-message|write|project-mgmt/messaging|beta] Create a new plannerTaskChatMessage on a plannerTask|body,plannerTaskId,includeHeaders,excludeResponse,confirm
ms-365|delete-contact-folder|destructive|saas-control|Delete contactFolder other than the default contactFolder|If-Match,contactFolderId,includeHeaders,excludeResponse,confirm
chrome-devtools|hover|write|browser|Hover over the provided element|pageId,uid,includeSnapshot
chrome-devtools|performance_analyze_insight|read|browser/monitoring|Provides more detailed information on a specific Performance Insight of an|pageId,insightSetId,insightName
chrome-devtools|resize_page|write|browser|Resizes the page's window so that the page has specified dimension|pageId,width,height
figma-developer|get_figma_data|read|saas-control|Get comprehensive Figma file data including layout|fileKey,nodeId,depth
figma-developer|download_figma_images|write|saas-control/filesystem|Download SVG and PNG images used in a Figma file based|fileKey,nodes,pngScale,localPath
firecrawl|firecrawl_parse|read|web/filesystem|Parse a file using Firecrawl's /v2/parse endpoint|formats,jsonOptions,queryOptions,parsers,pdfOptions,onlyMainContent
firecrawl|firecrawl_research_read_paper|read|web|Read the most relevant in-body|paperId,question,k
firecrawl|firecrawl_scrape|read|web|Scrape content from a single URL with advanced options|url,formats,jsonOptions,queryOptions,screenshotOptions,parsers
`;
