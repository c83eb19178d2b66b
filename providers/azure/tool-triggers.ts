import type { WorkloadText } from "../../src/model/inventory.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, sourceOf, text } from "../reader.ts";
import { functionCall } from "./operations.ts";
import { pagesBy, props } from "./pages.ts";

/**
 * Where the MCP extension of Functions answers. It asks for a key of the app's own, unless the app's host.json lets
 * everyone in; no call but those that list keys and files shows which, so that only the server itself tells.
 * https://learn.microsoft.com/azure/azure-functions/functions-bindings-mcp
 */
export const toolPath = "/runtime/webhooks/mcp";

/** What says of a function app that it serves MCP, by the app's key: bindings that tools and resources are called by. */
export function toolTriggers(snapshot: Snapshot): ReadonlyMap<string, readonly WorkloadText[]> {
  const found = [...pagesBy(snapshot, functionCall, "site")].map(
    ([site, pages]): [string, WorkloadText[]] => [
      site,
      pages
        .flatMap((page) => items(page, "value"))
        .flatMap((each) => {
          const config = at(props(each), "config");
          return config ? items(config, "bindings") : [];
        })
        .flatMap((binding): WorkloadText[] => {
          const type = text(binding, "type") ?? "";
          return /^mcp\w+Trigger$/i.test(type)
            ? [{ kind: "metadata", text: `bindingType=${type}`, source: sourceOf(binding) }]
            : [];
        }),
    ],
  );
  return new Map(found.filter(([, texts]) => texts.length > 0));
}
