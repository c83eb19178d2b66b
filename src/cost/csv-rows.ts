import { PosternError } from "../errors.ts";

/** A billing export of a large company has millions of rows of some hundred columns; more than this is no export. */
const limits = { columns: 1000, characters: 65_536 } as const;

export interface CsvRow {
  /** On which the row begins; the first is 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Rows of a CSV file (RFC 4180), one at a time.
 *
 * @throws {PosternError} FILE_INVALID with the line, for an unclosed quote or a field beyond the limits.
 */
export async function* csvRows(chunks: AsyncIterable<string>): AsyncGenerator<CsvRow> {
  const reader = rowReader();
  for await (const chunk of chunks) {
    for (const character of chunk) {
      const row = reader.take(character);
      if (row) yield row;
    }
  }
  const last = reader.end();
  if (last) yield last;
}

interface RowReader {
  /** The row that this character ends. */
  take(character: string): CsvRow | undefined;
  /** A last row without a line end. */
  end(): CsvRow | undefined;
}

function rowReader(): RowReader {
  let [line, began] = [1, 1];
  let fields: string[] = [];
  let field = "";
  /** `closed`: a quote just ended, and another one right after it stands for itself. */
  let state: "plain" | "quoted" | "closed" = "plain";
  const keep = (character: string): void => {
    if (field.length >= limits.characters || fields.length > limits.columns)
      throw invalid(
        `Line ${line} holds more than a billing export does`,
        "Check that the file is CSV with a header.",
      );
    field += character;
  };
  const endField = (): void => {
    fields.push(field);
    [field, state] = ["", "plain"];
  };
  const endRow = (): CsvRow => {
    endField();
    const row = { line: began, fields };
    [fields, began] = [[], line];
    return row;
  };
  const outside = (character: string): CsvRow | undefined => {
    if (character === '"') {
      if (state === "closed") keep('"');
      state = "quoted";
    } else if (character === ",") endField();
    else if (character === "\n") return endRow();
    else if (character !== "\r" && character !== "\uFEFF") keep(character);
    return undefined;
  };
  return {
    take: (character) => {
      if (character === "\n") line++;
      if (state !== "quoted") return outside(character);
      if (character === '"') state = "closed";
      else keep(character);
      return undefined;
    },
    end: () => {
      if (state === "quoted")
        throw invalid(
          `A quote that opens after line ${began} is never closed`,
          "The file may be cut short: export it again.",
        );
      return field !== "" || fields.length > 0 ? endRow() : undefined;
    },
  };
}

function invalid(message: string, hint: string): PosternError {
  return new PosternError("FILE_INVALID", message, { hint });
}
