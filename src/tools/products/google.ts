import type { ProductTable } from "../product-table.ts";

const gcloud = ["run_gcloud_command"];

export const gcloudMcp: ProductTable = {
  product: "gcloud-mcp",
  source: "https://github.com/googleapis/gcloud-mcp",
  cloud: "gcp",
  access: { exec: gcloud },
  routers: gcloud,
  categories: { "cloud-control": gcloud, "cloud-data": gcloud, identity: gcloud, secrets: gcloud },
  categoriesComplete: true,
  discloses: gcloud,
  host: { "reads-files": gcloud, "writes-files": gcloud },
  hostComplete: true,
  manages: { list: gcloud, create: gcloud, modify: gcloud, delete: gcloud },
};

export const cloudRun: ProductTable = {
  product: "cloud-run-mcp",
  source: "https://github.com/GoogleCloudPlatform/cloud-run-mcp",
  cloud: "gcp",
  access: {
    exec: ["deploy_local_folder", "deploy_local_files", "deploy_file_contents"],
    write: ["deploy_container_image"],
  },
  host: { "reads-files": ["deploy_local_folder", "deploy_local_files"] },
  hostComplete: true,
  manages: {
    create: [
      "deploy_local_folder",
      "deploy_local_files",
      "deploy_file_contents",
      "deploy_container_image",
      "create_project",
    ],
    modify: [
      "deploy_local_folder",
      "deploy_local_files",
      "deploy_file_contents",
      "deploy_container_image",
    ],
  },
};

export const gcs: ProductTable = {
  product: "gcs-mcp",
  source: "https://github.com/googleapis/gcloud-mcp/tree/main/packages/storage-mcp",
  cloud: "gcp",
  categories: {
    "cloud-control": [
      "create_bucket",
      "delete_bucket",
      "update_bucket_labels",
      "list_buckets",
      "get_bucket_metadata",
    ],
    identity: ["view_iam_policy", "check_iam_permissions"],
  },
  access: {
    read: ["download_object", "download_object_safe", "view_iam_policy", "check_iam_permissions"],
  },
  host: {
    "reads-files": ["upload_object", "upload_object_safe"],
    "writes-files": ["download_object", "download_object_safe"],
  },
  hostComplete: true,
};
