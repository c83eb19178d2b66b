import type { Report } from "../../model/report.ts";
import type { Interned } from "../interned.ts";
import { restore } from "./interned.ts";

/** The report out of the page's own data block: plain JSON, or a large one interned, compressed and in base64. */
export async function loadReport(block: Element | null): Promise<Report> {
  const text = block?.textContent ?? "";
  if (block?.getAttribute("data-encoding") !== "gzip") return JSON.parse(text);
  return JSON.parse(await unpack(text), (key, value: Interned) =>
    key === "" ? restore(value) : value,
  );
}

async function unpack(text: string): Promise<string> {
  const bytes = Uint8Array.from(atob(text), (character) => character.codePointAt(0) ?? 0);
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(plain).text();
}
