import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The page of the HTML report: one script and one style sheet, which `src/report/html.ts` puts into the document. */
export default defineConfig({
  root: fileURLToPath(new URL("src/report/html", import.meta.url)),
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../../../dist/src/report/html",
    emptyOutDir: true,
    copyPublicDir: false,
    target: "es2023",
    lib: {
      entry: "main.tsx",
      formats: ["iife"],
      name: "postern",
      fileName: () => "page.js",
      cssFileName: "page",
    },
  },
});
