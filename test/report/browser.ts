import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";

/** A Chromium of the machine's own; none is downloaded. */
export const browserPath = (process.env["PATH"] ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "chromium"))
  .find((file) => existsSync(file));

/** Keeps the browser from looking for anything outside by itself. */
export const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
