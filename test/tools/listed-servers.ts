/**
 * Tools as servers list them when they are started, labelled before any rule saw them; descriptions are cut to
 * a clause. Where a tool may be seen as of two categories, both stand.
 */
export const listedServers = `
jira-cloud|manage_jira_board|read|project-mgmt|List boards or get board details and configuration|operation,boardId,startAt,maxResults,expand,include_sprints
jira-cloud|manage_jira_media|destructive|project-mgmt|Manage file attachments on Jira issues|operation,issueKey,attachmentId,filename,content,mediaType
jira-cloud|manage_workspace|destructive|filesystem/project-mgmt|Manage files in the local workspace staging area|operation,filename,destination,content
jira-cloud|manage_jira_project|read|project-mgmt|List projects or get project configuration and metadata|operation,projectKey,startAt,maxResults,expand,include_status_counts
brightdata|scrape_as_markdown|read|web|Scrape a single webpage URL with advanced options for content extraction|url
brightdata|search_engine_batch|read|web|Run multiple search queries simultaneously|queries
brightdata|discover|read|web|Search the web and rank results by AI-driven relevance|query,intent,country,city,language,num_results
brightdata|search_engine|read|web|Scrape search results from Google|query,engine,cursor,geo_location
asset-management|delete-asset|destructive|saas-control|Delete asset by asset ID Deletes an asset using its immutable|request
asset-management|create-folder|write|saas-control|Creates a new empty folder in your Cloudinary media library Creates|folder
asset-management|delete-derived-assets|destructive|saas-control|Delete derived resources Deletes derived resources by derived resource ID|request
asset-management|manage-asset-metadata|write|saas-control|Sets structured metadata values on multiple assets Assigns structured metadata field|resource_type,metadata_update_request
google-calendar|get-current-time|read|saas-control/other|Get the current date and time|account,timeZone
google-calendar|delete-event|destructive|saas-control|Delete a calendar event|account,calendarId,eventId,sendUpdates
google-calendar|create-events|write|saas-control|Create multiple calendar events in bulk|account,calendarId,timeZone,sendUpdates,events
google-calendar|create-event|write|saas-control|Create a new calendar event|account,calendarId,eventId,summary,description,start
elasticsearch|get_shards|read|database|Get shard information for all or specific indices|index
elasticsearch|search|read|database|Perform an Elasticsearch search with the provided query DSL|index,queryBody,profile,explain
elasticsearch|list_indices|read|database|List all available Elasticsearch indices|indexPattern
elasticsearch|get_mappings|read|database|Get field mappings for a specific Elasticsearch index|index
datadog|search-logs|read|monitoring|search logs from datadog|filterQuery,filterFrom,filterTo,cursor
contentful-management|get_ai_action_invocation|read|saas-control/ai|Get the result of a previous AI Action invocation|aiActionId,invocationId
contentful-management|update_comment|write|saas-control|Update an existing comment on an entry|entryId,commentId,body,status,bodyFormat
contentful-management|list_assets|read|saas-control|List assets in a space|limit,skip
contentful-management|publish_entry|write|saas-control|Publish an entry or multiple entries|entryId
launchdarkly|get-ai-config|read|saas-control/ai|Retrieves details of a specific AI Config|request
launchdarkly|list-ai-configs|read|saas-control/ai|Retrieves AI configuration settings for a specific project|request
launchdarkly|get-ai-config-targeting|read|saas-control/ai|Retrieves the targeting details of a specific AI Config|request
launchdarkly|get-feature-flag|read|saas-control|Fetches the full configuration for a specific feature flag|request
grafana|update_dashboard|write|monitoring|Create or update a dashboard using either full JSON or efficient|uid,dashboard,operations,message,folderUid,overwrite
grafana|query_loki_logs|read|monitoring|Executes a LogQL query against a Loki datasource to retrieve log|datasourceUid,logql,startRfc3339,endRfc3339,limit,direction
grafana|list_pyroscope_profile_types|read|monitoring|Lists all available profile types in a Pyroscope datasource|data_source_uid,start_rfc_3339,end_rfc_3339
grafana|list_oncall_teams|read|monitoring|List teams configured in Grafana OnCall|page
mapbox|DirectionsTool|read|other/web/ai|Fetches directions from Mapbox API based on provided coordinates and direction|coordinates,routing_profile,walking_speed,walkway_bias,geometries,max_height
mapbox|IsochroneTool|read|other/web/ai|Computes areas that are reachable within a specified amount of time|profile,coordinates,contours_minutes,contours_meters,contours_colors,polygons
mapbox|StaticMapImageTool|read|other/web/ai|Generates a static map image from Mapbox Static Images API|center,zoom,size,style,highDensity,overlays
mapbox|MatrixTool|read|other/web/ai|Calculates travel times and distances between multiple points using Mapbox Matrix|coordinates,profile,annotations,approaches,bearings,destinations
clarity|query-documentation-resources|read|docs|Retrieve Microsoft Clarity documentation snippets for finding answers to user questions|query
clarity|list-session-recordings|read|monitoring|List Microsoft Clarity session recordings based on specified filters|filters,sortBy,count
clarity|query-analytics-dashboard|read|monitoring|Fetch Microsoft Clarity analytics data using a simplified natural language search|query
monday-api|change_item_column_values|write|project-mgmt|IMPORTANT] If you need to update multiple items in one call|boardId,itemId,columnValues,createLabelsIfMissing
monday-api|create_timeline_item|write|project-mgmt|Create a new timeline item in the E&A app|item_id,custom_activity_id,title,summary,content,timestamp
monday-api|create_workflow|write|workflow-automation/project-mgmt|Creates a new empty workflow in a monday|workspaceId,title,privacyKind,description,folderId,ownerIds
monday-api|undo_action|write|project-mgmt|Undo a previous action on a board using its action_record_uuid|boardId,undoRecordId
netlify|netlify-deploy-services-updater|write|ci-cd/saas-control/cloud-control|Select and run one of the following Netlify write operations deploy-site|selectSchema
netlify|netlify-extension-services-reader|read|saas-control|Select and run one of the following Netlify read operations|selectSchema
netlify|netlify-user-services-reader|read|saas-control/identity|Select and run one of the following Netlify read operations|selectSchema
netlify|netlify-deploy-services-reader|read|ci-cd/saas-control|Select and run one of the following Netlify read operations|selectSchema
postman|getPostmanContextOverview|read|docs|Returns the Postman Context overview|
postman|getSdk|read|saas-control|Gets one SDK|sdkId
postman|getApiCatalogSystemEnvironment|read|saas-control|Gets one system environment by ID|systemEnvironmentId
postman|createSdk|write|saas-control|Starts an SDK generation job for one language from a collection|source,language,sdkVersion,authors,retry,typescriptOptions
slack|slack_get_user_profile|read|messaging/identity|Get detailed profile information for a specific user|user_id
slack|slack_list_channels|read|messaging|List public and private channels that the bot is a member|limit,cursor
slack|slack_reply_to_thread|write|messaging|Reply to a specific message thread in Slack|channel_id,thread_ts,text
slack|slack_get_thread_replies|read|messaging|Get all replies in a message thread|channel_id,thread_ts
discord|discord_create_webhook|write|messaging|Creates a new webhook for a Discord channel|channelId,name,avatar,reason
discord|discord_create_category|write|messaging|Creates a new category in a Discord server|guildId,name,position,reason
discord|discord_add_multiple_reactions|write|messaging|Adds multiple emoji reactions to a Discord message at once|channelId,messageId,emojis
discord|discord_send|write|messaging|Sends a message to a specified Discord text channel|channelId,message
docker|run_command|exec|code-exec/cloud-control|Execute a command inside a Docker container service|command,service
terraform|listDataSources|read|iac/docs|List all available data sources for a provider and their basic|provider,namespace
terraform|moduleSearch|read|iac/docs|Search for and recommend Terraform modules based on a query|query,keyword,provider
terraform|resourceArgumentDetails|read|iac/docs|Fetches comprehensive details about a specific resource type's arguments|provider,namespace,resource,version
terraform|resourceUsage|read|iac/docs|Get an example usage of a Terraform resource and related resources|provider,resource,name
mssql-node|describe_procedure|read|database|Parameters of a stored procedure|procedure,dbKey
mssql-node|list_indexes|read|database|Indexes on a specific table|table,dbKey
mssql-node|execute_read_query|read|database|Run a SELECT-style SQL query against a configured database|query,dbKey,limit,offset
mssql-node|list_foreign_keys|read|database|Foreign-key relationships in the database|table,dbKey,limit,offset
brave-search|brave_image_search|read|web|Performs an image search using the Brave Search API|query,country,search_lang,count,safesearch,spellcheck
brave-search|brave_place_search|read|web|Searches Brave's Place Search API|query,radius,count,latitude,longitude,location
brave-search|brave_summarizer|read|web/ai|Retrieves AI-generated summaries of web search results using Brave's Summarizer API|key,entity_info,inline_references
brave-search|brave_local_search|read|web|Brave Local Search API provides enrichments for location search results|query,country,search_lang,ui_lang,count,offset
git|git_stash|destructive|source-control|Manage stashes|path,mode,message,stashRef,includeUntracked,keepIndex
git|git_reflog|read|source-control|View the reference logs|path,ref,maxCount
git|git_tag|destructive|source-control|Manage tags|path,mode,tagName,commit,message,annotated
git|git_worktree|destructive|source-control|Manage multiple working trees|path,mode,worktreePath,branch,commitish,force
lark|bitable_v1_appTableRecord_update|write|saas-control/database/project-mgmt|Feishu/Lark]-Docs-Base-Record-Update a record-Update a record|data,params,path,useUAT
lark|bitable_v1_appTable_list|read|saas-control/database/project-mgmt|Feishu/Lark]-Docs-Base-Table-List all tables-According to app_token|params,path,useUAT
lark|im_v1_chat_list|read|messaging|Feishu/Lark]-Group Chat-Group management-Obtain groups where the user or bot is a|params,useUAT
lark|contact_v3_user_batchGetId|read|identity/messaging/saas-control|Feishu/Lark]-Contacts-User-Obtain user ID via email or mobile number-Call this interface to|data,params
mobile|mobile_terminate_app|destructive|other|Stop and terminate an app on mobile device|device,packageName
mobile|mobile_list_available_devices|read|other|List all available devices|
mobile|mobile_set_orientation|write|other|Change the screen orientation of the device|device,orientation
mobile|mobile_set_location|write|other|Override the GPS location reported by the device, or clear the|device,latitude,longitude
perplexity-ai|perplexity_reason|read|web/ai|Analyze a question using step-by-step reasoning with web grounding|messages,search_recency_filter,search_domain_filter,search_context_size
perplexity-ai|perplexity_ask|read|web/ai|Answer a question using web-grounded AI|messages,search_recency_filter,search_domain_filter,search_context_size
perplexity-ai|perplexity_search|read|web/ai|Search the web and return a ranked list of results with|query,max_results,max_tokens_per_page,country,search_recency_filter,search_domain_filter
perplexity-ai|perplexity_research|read|web/ai|Conduct deep|messages
argocd|list_clusters|read|ci-cd/kubernetes|list_clusters returns list of clusters registered with ArgoCD|server,name,argocdBaseUrl
argocd|get_appproject|read|ci-cd/kubernetes|get_appproject returns an ArgoCD AppProject|projectName,argocdBaseUrl
argocd|get_application_workload_logs|read|ci-cd/kubernetes/monitoring|get_application_workload_logs returns logs for application workload|applicationName,applicationNamespace,resourceRef,container,argocdBaseUrl
argocd|sync_application|write|ci-cd/kubernetes|sync_application syncs application|applicationName,applicationNamespace,dryRun,prune,revision,syncOptions
mermaid|generate_mermaid_diagram|read|other/docs|Generate mermaid diagram and chart with mermaid syntax dynamically|mermaid,theme,backgroundColor,outputType
searxng|searxng_search_suggestions|read|web|Returns autocomplete suggestions from the configured SearXNG instance|query,language
searxng|web_url_read|read|web|Fetches a URL and returns readable content as markdown|url,startChar,maxLength,section,paragraphRange,readHeadings
searxng|searxng_instance_info|read|web/meta|Discovers capabilities from all reachable configured SearXNG instances via /config|includeEngines,includeDisabled,category,refresh
searxng|searxng_web_search|read|web|Searches the web using SearXNG and returns a list of results|query,pageno,time_range,language,safesearch,min_score
linear|linear_getCycleById|read|project-mgmt|Get details of a specific cycle|id
linear|linear_updateRoadmap|write|project-mgmt|Update an existing roadmap|id,name,description,color,ownerId,sortOrder
linear|linear_createWorkflowState|write|project-mgmt/workflow-automation|Create a new workflow state|name,teamId,type,color,description,position
linear|linear_getIssueTemplates|read|project-mgmt|Get a list of issue templates|limit,includeArchived,orderBy
1password|item_get|read|secrets|Retrieve a full 1Password item|secretReference,vaultId,itemId,reveal
1password|item_list|read|secrets|List all items in a 1Password vault|vaultId
1password|op_run|exec|code-exec/secrets|Run a local shell command with 1Password secrets injected as environment|command,argv,cwd,env,shell,timeout_ms
1password|password_generate|read|secrets/other|Generate a cryptographically secure random password with configurable length and character|length,includeSymbols,includeNumbers,includeUppercase
azure-devops|list_wiki_pages|read|project-mgmt/knowledge/docs|List pages within an Azure DevOps wiki|organizationId,projectId,wikiId
azure-devops|search_code|read|source-control|Search for code across repositories in a project|searchText,organizationId,projectId,filters,top,skip
azure-devops|update_work_item|write|project-mgmt|Update an existing work item|workItemId,title,description,assignedTo,areaPath,iterationPath
azure-devops|get_work_item_attachment|write|project-mgmt/filesystem|Download an attachment from Azure DevOps and save it to the|attachmentId,outputPath
salesforce|salesforce_search_all|read|saas-control|Search across multiple Salesforce objects using SOSL|searchTerm,searchIn,objects,withClauses,updateable,viewable
salesforce|salesforce_write_apex|write|saas-control|Create or update Apex classes in Salesforce|operation,className,apiVersion,body
salesforce|salesforce_execute_anonymous|exec|saas-control/code-exec|Execute anonymous Apex code in Salesforce|apexCode,logLevel
salesforce|salesforce_manage_field|write|saas-control|Create new custom fields or modify existing fields on any Salesforce|operation,objectName,fieldName,label,type,required
datadog|list_hosts|read|monitoring|Get list of hosts from Datadog|filter,sort_field,sort_dir,start,count,from
datadog|schedule_downtime|write|monitoring|Schedule a downtime in Datadog|scope,start,end,message,timezone,monitorId
datadog|query_metrics|read|monitoring|Query timeseries points of metrics from Datadog|from,to,query
datadog|get_rum_grouped_event_count|read|monitoring|Search|query,from,to,groupBy
cursor-talk-to-figma|create_component_instance|write|saas-control|Create an instance of a component in Figma|componentId,componentKey,x,y,parentId
cursor-talk-to-figma|set_axis_align|write|saas-control|Set primary and counter axis alignment for an auto-layout frame in|nodeId,primaryAxisAlignItems,counterAxisAlignItems
cursor-talk-to-figma|set_fill_color|write|saas-control|Set the fill color of a node in Figma can be|nodeId,r,g,b,a
cursor-talk-to-figma|read_my_design|read|saas-control|Get detailed information about the current selection in Figma|
memory-libsql|delete_entity|destructive|knowledge|Delete an entity and all its associated data|name
memory-libsql|create_relations|write|knowledge|Create relations between entities|relations
memory-libsql|create_entities|write|knowledge|Create new entities with observations|entities
memory-libsql|search_nodes|read|knowledge|Search for entities and their relations using text search with relevance|query,limit
puppeteer|puppeteer_select|write|browser|Select an element on the page with Select tag|selector,value
puppeteer|puppeteer_fill|write|browser|Fill out an input field|selector,value
puppeteer|puppeteer_evaluate|exec|browser/code-exec|Execute JavaScript in the browser console|script
puppeteer|puppeteer_screenshot|read|browser|Take a screenshot of the current page or a specific element|name,selector,width,height
todoist|delete_tasks|destructive|project-mgmt|Delete tasks from Todoist Either 'task_id' or the 'task_name' to identify|items
todoist|update_comments|write|project-mgmt|Update comments in Todoist|items
todoist|get_sections_list|read|project-mgmt|Get sections list from Todoist|project_id
todoist|get_completed_tasks|read|project-mgmt|Get completed tasks from Todoist with filtering options|since,until,project_id,section_id,parent_id,cursor
browser|browser_read_links|read|browser|Get all links on the current page|
browser|browser_get_download_list|read|browser|Get the list of downloaded files|
browser|browser_close_tab|write|browser|Close the current tab|
filesystem|get_file_info|read|filesystem|Retrieve detailed metadata about a file or directory|path
filesystem|search_files|read|filesystem|Recursively search for files and directories matching a pattern|path,pattern,excludePatterns
filesystem|write_file|destructive|filesystem|Create a new file or completely overwrite an existing file with|path,content
chart|generate_bar_chart|read|other/ai/web|Generate a horizontal bar chart to show data for numerical comparisons|data,group,stack,style,theme,width
chart|generate_word_cloud_chart|read|other/ai/web|Generate a word cloud chart to show word frequency or weight|data,style,theme,width,height,title
chart|generate_waterfall_chart|read|other/ai/web|Generate a waterfall chart to visualize the cumulative effect of sequentially|data,style,theme,width,height,title
backlog|get_pull_requests|read|source-control/project-mgmt|Returns list of pull requests for a repository|projectId,projectKey,repoId,repoName,statusId,assigneeId
backlog|get_priorities|read|project-mgmt|Returns list of priorities|
backlog|get_user_recent_updates|read|project-mgmt/identity|Returns recent updates|userId,activityTypeId,minId,maxId,count,order
fetcher|browser_install|write|browser|Install Playwright Chromium browser binary|withDeps,force
fetcher|fetch_url|read|web|Retrieve web page content from a specified URL|url,timeout,waitUntil,extractContent,maxLength,returnHtml
fetcher|fetch_urls|read|web|Retrieve web page content from multiple specified URLs|urls,timeout,waitUntil,extractContent,maxLength,returnHtml
financial-modeling-prep|getIndustryClassificationList|read|other/web/saas-control|Retrieve a comprehensive list of industry classifications|industryTitle,sicCode
financial-modeling-prep|getCashFlowGrowthBulk|read|other/web/saas-control|The Cash Flow Statement Growth Bulk API allows you to retrieve|year,period
financial-modeling-prep|searchExchangeVariants|read|other/web/saas-control|Search across multiple public exchanges to find where a given stock|symbol
jina-tools|jina_reader|read|web|Read and extract content from web page|url,customTimeout,page
cron|enable_task|write|workflow-automation/project-mgmt|Enables a task so it runs on its schedule or can|id
cron|get_task|read|workflow-automation/project-mgmt|Gets a specific task by ID|id
cron|list_tasks|read|workflow-automation/project-mgmt|Lists all tasks|
notebooklm|download_audio|write|filesystem/knowledge/ai|Save the completed Audio Overview to disk as a|destination_dir,show_browser,session_id,notebook_id,notebook_url
notebooklm|add_source|write|knowledge/ai|Ingest a source into a NotebookLM notebook|type,content,title,show_browser,session_id,notebook_id
notebooklm|select_notebook|write|knowledge/ai|Mark a notebook as the active default|id
nx|nx_docs|read|docs|Returns a list of documentation sections that could be relevant to|userQuery
slack|channels_me|read|messaging|List channels you are a member of|channel_types,cursor,limit
slack|conversations_search_messages|read|messaging|Search messages in a public channel|cursor,filter_date_after,filter_date_before,filter_date_during,filter_date_on,filter_in_channel
slack|usergroups_users_update|write|messaging/identity|Replace all members of a user group with a new list|usergroup_id,users
`;
