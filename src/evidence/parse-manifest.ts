import { isRecord } from "./dsse.ts";
import { predicateType, statementType, type Manifest, type PreviousRun } from "./manifest.ts";

/** @throws {Error} that names the member that is wrong. */
export function parseManifest(text: string): Manifest {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value)) throw new Error("is not an object");
  if (value["_type"] !== statementType) {
    throw new Error(`_type is ${shown(value["_type"])}, not ${statementType}`);
  }
  if (value["predicateType"] !== predicateType) {
    throw new Error(
      `predicateType is ${shown(value["predicateType"])}; this version reads ${predicateType}`,
    );
  }
  const { subject, predicate } = value;
  if (!Array.isArray(subject)) throw new Error("subject is not a list");
  if (!isRecord(predicate)) throw new Error("predicate is not an object");
  return {
    _type: statementType,
    subject: distinct(subject.map(parseSubject)),
    predicateType,
    predicate: {
      run: runName(predicate["run"], "predicate.run"),
      ...(predicate["previous"] !== undefined && {
        previous: parsePrevious(predicate["previous"]),
      }),
    },
  };
}

function parseSubject(item: unknown, index: number): Manifest["subject"][number] {
  const place = `subject[${index}]`;
  if (!isRecord(item) || typeof item["name"] !== "string") {
    throw new Error(`${place}.name is not text`);
  }
  if (!isRecord(item["digest"])) throw new Error(`${place}.digest is not an object`);
  return {
    name: item["name"],
    digest: { sha256: digest(item["digest"]["sha256"], `${place}.digest.sha256`) },
  };
}

/** Twice the same name with two digests would let either file pass. */
function distinct(subject: Manifest["subject"]): Manifest["subject"] {
  const seen = new Set<string>();
  for (const [index, { name }] of subject.entries()) {
    if (seen.has(name)) throw new Error(`subject[${index}].name stands there twice`);
    seen.add(name);
  }
  return subject;
}

function parsePrevious(value: unknown): PreviousRun {
  if (!isRecord(value)) throw new Error("predicate.previous is not an object");
  return {
    run: runName(value["run"], "predicate.previous.run"),
    sha256: digest(value["sha256"], "predicate.previous.sha256"),
  };
}

/** The name is looked up beside the run: it must not lead anywhere else. */
function runName(value: unknown, place: string): string {
  if (typeof value === "string" && /^[A-Za-z0-9_][\w.~-]{0,199}$/.test(value)) return value;
  throw new Error(`${place} is not the name of a run`);
}

function digest(value: unknown, place: string): string {
  if (typeof value === "string" && /^[0-9a-f]{64}$/.test(value)) return value;
  throw new Error(`${place} is not 64 hex digits`);
}

function shown(value: unknown): string {
  return JSON.stringify(typeof value === "string" ? value.slice(0, 80) : typeof value);
}
