import { redactText } from "../hints/redact.ts";
import type { WireExchange } from "../model/server.ts";
import type { WireText } from "../probe/options.ts";

/** Characters of an answer that a transcript keeps. */
const kept = 16 * 1024;

/** One exchange as a line of a transcript: what was sent to the letter, what came back clipped, no secret in either. */
export function transcriptLine(
  exchange: WireExchange,
  { request, response }: WireText,
  { at, key }: { readonly at: string; readonly key: Uint8Array },
): string {
  const line = {
    at,
    ...exchange,
    request: withoutSecrets(request, key),
    response: withoutSecrets(response.slice(0, kept), key),
    clipped: response.length > kept,
  };
  return `${JSON.stringify(line)}\n`;
}

function withoutSecrets(text: string, key: Uint8Array): string {
  try {
    return redactText(text, key);
  } catch {
    return "[not kept: its secrets could not be told]";
  }
}
