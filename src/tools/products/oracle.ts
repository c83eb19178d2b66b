import type { ProductTable } from "../product-table.ts";

const anyCall = ["run_oci_command", "invoke_oci_api"];

const router = (product: string, tool: string): ProductTable => ({
  product,
  source: "https://github.com/oracle/mcp/tree/main/src",
  cloud: "oci",
  access: { exec: [tool] },
  routers: [tool],
  categories: {
    "cloud-control": [tool],
    "cloud-data": [tool],
    identity: [tool],
    secrets: [tool],
    docs: [
      "get_oci_command_help",
      "find_oci_api",
      "describe_oci_operation",
      "list_client_operations",
      "list_oci_clients",
    ],
  },
  categoriesComplete: true,
  discloses: [tool],
  manages: { list: anyCall, create: anyCall, modify: anyCall, delete: anyCall },
});

export const ociApi = router("oracle-oci-api", "run_oci_command");
export const ociCloud = router("oracle-oci-cloud", "invoke_oci_api");

export const ociComputeAgent: ProductTable = {
  product: "oracle-oci-compute-instance-agent",
  source: "https://github.com/oracle/mcp/tree/main/src/oci-compute-instance-agent-mcp-server",
  cloud: "oci",
  access: { exec: ["run_instance_agent_command"] },
  categories: {
    "code-exec": ["run_instance_agent_command"],
    "cloud-control": ["run_instance_agent_command"],
  },
};

export const ociCompute: ProductTable = {
  product: "oracle-oci-compute",
  source: "https://github.com/oracle/mcp/tree/main/src/oci-compute-mcp-server",
  cloud: "oci",
  access: { write: ["instance_action", "launch_instance"], destructive: ["terminate_instance"] },
};
