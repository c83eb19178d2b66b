import process from "node:process";
import { PosternError } from "../../src/index.ts";
import { privilegeForms } from "../privilege-forms.ts";
import { adaptersOf } from "../session.ts";
import { checkPermissions } from "../check-permissions.ts";
import { settingsOf } from "../settings.ts";

/** The least privilege that the auditor needs, straight from the tables of calls. */
export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("permissions", argv);
  if (values.check) return checkPermissions(values);
  const [adapter, second] = await adaptersOf({ provider: values.provider ?? ["aws"] });
  if (!adapter || second) {
    throw new PosternError("OPTION_INVALID", "Permissions are written for one cloud at a time", {
      hint: "Name it: --provider aws, azure, gcp or oci.",
    });
  }
  const granted = new Set(adapter.calls.flatMap(({ permissions }) => permissions));
  const forms = privilegeForms[adapter.provider];
  const form = forms[values.as ?? "json"];
  if (!form) {
    throw new PosternError(
      "OPTION_INVALID",
      `Permissions for ${adapter.provider} cannot be written as ${values.as}`,
      { hint: `Use --as with: ${Object.keys(forms).join(", ")}.` },
    );
  }
  process.stdout.write(`${form([...granted].toSorted())}\n`);
}
