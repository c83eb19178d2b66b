import { z } from "zod";
import { PosternError } from "../errors.ts";
import type { Mute } from "./mutes.ts";

const pattern = z.string().min(1).max(2048).optional();

/** `2026-12-31`, through that day in UTC, or a time in UTC. */
const until = z.union([z.iso.date(), z.iso.datetime()], {
  error: "is not a date (2026-12-31) or a time in UTC",
});

const mute = z
  .strictObject({
    rule: pattern,
    server: pattern,
    resource: pattern,
    tag: pattern,
    reason: z.string().trim().min(1).max(1000),
    owner: z.string().trim().min(1).max(200),
    until,
  })
  .refine(({ rule, server, resource, tag }) => [rule, server, resource, tag].some(Boolean), {
    error: "names neither rule, server, resource nor tag, and would mute everything",
  });

const mutes = z.array(mute).max(10_000);

/** Where the value at a path stands in the file, 1-based. */
export type LineOf = (path: readonly PropertyKey[]) => number | undefined;

/**
 * The mutes of a parsed file; an empty file mutes nothing.
 *
 * @throws {PosternError} MUTES_INVALID naming file, line and member of everything that is wrong.
 */
export function parseMutes(value: unknown, file: string, lineOf: LineOf): readonly Mute[] {
  const result = mutes.safeParse(value ?? []);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => {
      const sentence = message.replace(/^Invalid input: /, "");
      return `${placeOf(file, lineOf(path))}: ${memberOf(path)}${sentence}`;
    });
    throw new PosternError("MUTES_INVALID", problems.join("; "), {
      hint: "A mute has reason, owner, until and at least one of rule, server, resource, tag.",
    });
  }
  return result.data.map((item, index) => {
    const { reason, owner, until: end } = item;
    const matches = (["rule", "server", "resource", "tag"] as const).flatMap((name) =>
      item[name] === undefined ? [] : [[name, item[name]] as const],
    );
    return {
      matches: Object.fromEntries(matches),
      reason,
      owner,
      until: end,
      place: placeOf(file, lineOf([index])),
    };
  });
}

function placeOf(file: string, line: number | undefined): string {
  return line === undefined ? file : `${file}:${line}`;
}

function memberOf(path: readonly PropertyKey[]): string {
  const member = path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("");
  return member === "" ? "" : `${member} `;
}
