import { readFile } from "node:fs/promises";
import { isNode, LineCounter, parseDocument } from "yaml";
import { parseMutes, PosternError, type Mute } from "../src/index.ts";

const mostBytes = 1024 * 1024;

/** @throws {PosternError} FILE_UNREADABLE, MUTES_INVALID with the place. */
export async function mutesOf(file: string): Promise<readonly Mute[]> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new PosternError("FILE_UNREADABLE", `The mutes ${file} cannot be read`, {
      hint: "Check the path and its permissions.",
      cause,
    });
  });
  if (text.length > mostBytes) throw broken(`${file} is larger than 1 MiB`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) throw broken(`${file}:${lines.linePos(error.pos[0]).line}: ${error.message}`, error);
  return parseMutes(valueOf(document, file), file, (path) => {
    // What is missing has no place of its own: its parent's is shown.
    for (let length = path.length; length >= 0; length -= 1) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  });
}

/** Refuses an alias that unfolds to millions of values. */
function valueOf(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw broken(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

function broken(message: string, cause?: unknown): PosternError {
  return new PosternError("MUTES_INVALID", message, { hint: "Mend the YAML of the file.", cause });
}
