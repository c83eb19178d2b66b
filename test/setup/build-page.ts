import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The HTML report needs its page built; done once before the tests, and only when a source of it is newer. */
export async function setup(): Promise<void> {
  const page = `${root}dist/src/report/html/page.js`;
  const sources = readdirSync(`${root}src/report/html`).map(
    (name) => `${root}src/report/html/${name}`,
  );
  const newest = Math.max(
    ...[...sources, `${root}vite.config.ts`].map((file) => statSync(file).mtimeMs),
  );
  if (existsSync(page) && statSync(page).mtimeMs > newest) return;
  await build({ configFile: `${root}vite.config.ts`, logLevel: "warn" });
}
