import { replaceLinted } from "../hints/lint.ts";
import { redactText } from "../hints/redact.ts";
import type { Fingerprint } from "../model/server.ts";
import type { ListedTool } from "../model/tool.ts";

/** What servers say of themselves and of their tools, with every secret replaced, before anything decides on it or keeps it. */
export async function redactFingerprints(
  fingerprints: readonly Fingerprint[],
  key: Uint8Array,
): Promise<Fingerprint[]> {
  const clean: Clean = async (text) => replaceLinted(redactText(text, key), key);
  return Promise.all(fingerprints.map(async (each) => redactFingerprint(each, clean)));
}

type Clean = (text: string) => Promise<string>;

async function redactFingerprint(each: Fingerprint, clean: Clean): Promise<Fingerprint> {
  const { serverInfo, tools, authentication } = each;
  const list = async (texts: readonly string[]): Promise<string[]> => Promise.all(texts.map(clean));
  return {
    ...each,
    because: await clean(each.because),
    warnings: await list(each.warnings),
    authentication: { ...authentication, evidence: await list(authentication.evidence) },
    ...(serverInfo && {
      serverInfo: {
        name: await clean(serverInfo.name),
        version: await clean(serverInfo.version),
      },
    }),
    ...(tools && { tools: await Promise.all(tools.map(async (tool) => redactTool(tool, clean))) }),
  };
}

async function redactTool(tool: ListedTool, clean: Clean): Promise<ListedTool> {
  return {
    ...tool,
    name: await clean(tool.name),
    ...(tool.title !== undefined && { title: await clean(tool.title) }),
    description: await clean(tool.description),
    parameters: await Promise.all(
      tool.parameters.map(async ({ name, type, values }) => ({
        name: await clean(name),
        type,
        values: await Promise.all(values.map(clean)),
      })),
    ),
  };
}
