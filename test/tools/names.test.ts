import { describe, expect, test } from "vitest";
import type { ListedTool, Tool } from "../../src/model/tool.ts";
import { classify } from "../../src/tools/classify.ts";
import { listed } from "./labelled.ts";

const byRules = { useProductTables: false };

function judge(name: string, more: Partial<ListedTool> = {}): Tool {
  return classify(listed(name, more), byRules);
}

describe("access, by the name alone", () => {
  test.each([
    ["list_buckets", "read"],
    ["getPullRequestStatus", "read"],
    ["ListDbInstances", "read"],
    ["get_dicom_import_job", "read"],
    ["start_search", "read"],
    ["resolve-library-id", "read"],
    ["run_query", "read"],
    ["storage_blob_upload", "write"],
    ["start_instance", "write"],
    ["resolve_issue", "write"],
    ["get_or_create_page", "write"],
    ["run_pipeline", "write"],
    ["clear_form_field", "write"],
    ["clear_filters", "write"],
    ["clear_form_submissions", "destructive"],
    ["clear_filter_rules", "destructive"],
    ["resources_delete", "destructive"],
    ["delete-many", "destructive"],
    ["create_or_delete_rule", "destructive"],
    ["find_and_delete", "destructive"],
    ["write_file", "destructive"],
    ["DeleteDbCluster", "destructive"],
    ["execute_sql", "destructive"],
    ["run_shell_command", "exec"],
    ["pods_exec", "exec"],
    ["executeCode", "exec"],
    ["deploy_file_contents", "exec"],
    ["deploy_container_image", "write"],
    ["services-updater", "write"],
    ["deploy-services-reader", "read"],
    ["entries_remover", "destructive"],
    ["ReverseGeocodeTool", "read"],
    ["list_cluster_updates", "read"],
    ["list_and_updates", "write"],
    ["broker_is_connected", "read"],
    ["look_up_user", "read"],
    ["log_in", "write"],
    ["roll_back_release", "destructive"],
    ["tear_down_stack", "destructive"],
    ["check_in_document", "write"],
    ["check_in", "write"],
    ["get_log_out", "read"],
    ["tools", "write"],
    ["deploy_app_help", "read"],
    ["unpublish_entry", "write"],
    ["edit_block", "destructive"],
    ["move_file", "write"],
    ["reader_status", "read"],
    ["cleaner_add_item", "write"],
    ["update_app_guidance", "read"],
    ["mark_message_as_read", "write"],
    ["markAllAsRead", "write"],
    ["add_to_list", "write"],
    ["jira_get_project_updates", "read"],
    ["read_trigger", "read"],
    ["trigger_build", "write"],
    ["request_review", "write"],
    ["request_time", "write"],
    ["get_pull_request_review", "read"],
    ["pull_request_access", "write"],
    ["execute_soql", "read"],
    ["execute_graphql", "write"],
    ["pull_request_review", "read"],
    ["pull_delete_branch", "destructive"],
    ["run_query_now", "read"],
    ["acme_lists_items", "read"],
    ["get_employee_leave", "read"],
    ["get_and_delete", "destructive"],
    ["list_delete", "destructive"],
    ["acme_trace_session_start", "write"],
    ["acme_find_session_start", "read"],
    ["list_image_set_versions", "read"],
    ["trace_start_session", "write"],
    ["session_clear_backup", "destructive"],
    ["search_delete_all", "read"],
    ["search_all_delete", "destructive"],
    ["track_order", "read"],
    ["list_update", "write"],
    ["generate_update", "read"],
    ["db_query_run", "read"],
    ["trace_delete_rules", "destructive"],
    ["trace_update_rules", "write"],
    ["list_all_send", "write"],
    ["ssh_upload", "write"],
    ["list_exec_sessions", "read"],
    ["create_exec_session", "write"],
    ["exec_list_dir", "exec"],
    ["terminal_kill", "destructive"],
    ["ssh_thing", "exec"],
    ["ssh_run", "exec"],
    ["ssh_open_tunnel", "read"],
    ["search_and_replace", "write"],
    ["select_project", "write"],
    ["select_rows", "read"],
    ["schedule_key_deletion", "destructive"],
    ["schedule_backup", "write"],
    ["end_session", "write"],
    ["cache_cas", "write"],
    ["dismiss_alert", "write"],
    ["broker_removes", "write"],
    ["execute_read_query", "read"],
  ] as const)("%s is %s", (name, access) => {
    expect(judge(name).access).toBe(access);
  });

  test.each([
    ["trello_delete_list", "", "destructive"],
    ["acme_update_status", "", "write"],
    ["slack_set_status", "", "write"],
    ["api_delete_search", "", "destructive"],
    ["vm_create_snapshot", "", "write"],
    ["sql_backup_list", "", "write"],
    ["sql_backup_list", "List the backups", "read"],
    ["sql_backup_list", "Gets all backups", "read"],
    ["archive_list", "Gets the list out of the way", "write"],
    ["release_list", "Lists all releases", "read"],
    ["release_get", "", "read"],
    ["sql_release_get", "", "read"],
    ["sql_delete_get", "", "destructive"],
  ] as const)(
    "what a changing verb of %s works on is no verb: %j is %s",
    (name, description, access) => {
      expect(judge(name, { description }).access).toBe(access);
    },
  );

  test("a name that says nothing counts as writing, and says that this is assumed", () => {
    const tool = judge("quux");
    expect(tool.access).toBe("write");
    expect(tool.evidence[0]?.because).toMatch(/worse is assumed/);
  });
});
