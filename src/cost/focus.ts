import { PosternError } from "../errors.ts";
import type { ResourceCost } from "../model/report.ts";
import { csvRows, type CsvRow } from "./csv-rows.ts";
import { addDecimals } from "./decimals.ts";

/** Columns that are read, in FOCUS's own names: https://focus.finops.org/focus-specification/ */
const columns = {
  resource: "ResourceId",
  cost: "EffectiveCost",
  currency: "BillingCurrency",
  month: "BillingPeriodStart",
} as const;

type Column = keyof typeof columns;

/**
 * What the resources cost in each month of a FOCUS export, rows of one resource summed. Rows about other resources are
 * passed over, so that memory follows the estate and not the bill.
 *
 * @throws {PosternError} FILE_INVALID, with the column or the line.
 */
export async function costsOf(
  chunks: AsyncIterable<string>,
  resources: Iterable<string>,
): Promise<ResourceCost[]> {
  const wanted = new Map([...resources].map((id) => [keyOf(id), id]));
  const sums = new Map<string, ResourceCost>();
  let at: Positions | undefined;
  for await (const row of csvRows(chunks)) {
    if (!at) {
      at = positions(row.fields);
      continue;
    }
    const resource = wanted.get(keyOf(row.fields[at.resource] ?? ""));
    if (resource !== undefined) add(sums, resource, row, at);
  }
  if (!at)
    throw new PosternError("FILE_INVALID", "The billing export is empty", {
      hint: "It begins with a header that names its columns.",
    });
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, cost]) => cost);
}

type Positions = Readonly<Record<Column, number>>;

function add(
  sums: Map<string, ResourceCost>,
  resource: string,
  { line, fields }: CsvRow,
  at: Positions,
): void {
  const month = (fields[at.month] ?? "").slice(0, 7);
  const currency = fields[at.currency] ?? "";
  const key = [resource, month, currency].join("\n");
  const cost = addDecimals(sums.get(key)?.cost ?? "0", fields[at.cost] ?? "");
  if (cost === undefined || !/^\d{4}-\d{2}$/.test(month) || !/^[A-Z]{3}$/.test(currency))
    throw new PosternError("FILE_INVALID", `Line ${line} is no row of a FOCUS export`, {
      hint: `It needs a number in ${columns.cost}, a date in ${columns.month} and a currency in ${columns.currency}.`,
    });
  sums.set(key, { resource, month, cost, currency });
}

function positions(header: readonly string[]): Positions {
  const names = header.map((name) => name.trim().toLowerCase());
  const find = (column: Column): number => {
    const index = names.indexOf(columns[column].toLowerCase());
    if (index < 0)
      throw new PosternError(
        "FILE_INVALID",
        `The billing export has no column ${columns[column]}`,
        {
          hint: "Export it in FOCUS format: the providers and FinOps tools offer it.",
        },
      );
    return index;
  };
  return {
    resource: find("resource"),
    cost: find("cost"),
    currency: find("currency"),
    month: find("month"),
  };
}

/** Case differs between bill and API, and AWS bills an instance by its ARN. */
function keyOf(id: string): string {
  const lower = id.trim().toLowerCase();
  return /^arn:aws[^:]*:ec2:.*\/(i-[0-9a-f]+)$/.exec(lower)?.[1] ?? lower;
}
