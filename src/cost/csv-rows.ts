import { PosternError } from "../errors.ts";

/** A billing export of a large company has millions of rows of some hundred columns; more than this is no export. */
const limits = { columns: 1000, characters: 65_536 } as const;

/**
 * Rows of a CSV file (RFC 4180), one at a time, with the 1-based number of the line on which each begins.
 *
 * @throws {PosternError} FILE_INVALID with the line, for an unclosed quote or a field beyond the limits.
 */
export async function* csvRows(
  chunks: AsyncIterable<string>,
): AsyncGenerator<{ readonly line: number; readonly fields: readonly string[] }> {
  let [line, began] = [1, 1];
  let fields: string[] = [];
  let field = "";
  let quoted = false;
  let closed = false;
  const keep = (text: string): void => {
    if (field.length + text.length > limits.characters || fields.length > limits.columns)
      throw new PosternError("FILE_INVALID", `Line ${line} holds more than a billing export does`, {
        hint: "Check that the file is CSV with a header.",
      });
    field += text;
  };
  const next = (): void => {
    fields.push(field);
    field = "";
    closed = false;
  };
  for await (const chunk of chunks) {
    for (const character of chunk) {
      if (character === "\n") line++;
      if (quoted) {
        if (character === '"') [quoted, closed] = [false, true];
        else keep(character);
      } else if (character === '"') {
        // A quote right after a closing one stands for itself.
        if (closed) keep('"');
        quoted = true;
        closed = false;
      } else if (character === ",") next();
      else if (character === "\n") {
        next();
        yield { line: began, fields };
        [fields, began] = [[], line];
      } else if (character !== "\r" && character !== "\uFEFF") keep(character);
    }
  }
  if (quoted)
    throw new PosternError(
      "FILE_INVALID",
      `A quote that opens after line ${began} is never closed`,
      {
        hint: "The file may be cut short: export it again.",
      },
    );
  if (field !== "" || fields.length > 0) {
    next();
    yield { line: began, fields };
  }
}
