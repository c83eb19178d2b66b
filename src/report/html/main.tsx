import { render } from "preact";
import { App } from "./app.tsx";
import { loadReport } from "./load.ts";
import { modelOf } from "./model.ts";
import "./style.css";

async function start(root: Element): Promise<void> {
  try {
    const report = await loadReport(document.querySelector("#report"));
    root.textContent = "";
    render(<App model={modelOf(report)} />, root);
  } catch (error) {
    root.textContent = `This report cannot be shown: ${error instanceof Error ? error.message : "its data is damaged"}. The JSON report of the same run holds the same facts.`;
  }
}

const root = document.querySelector("#app");
if (root) void start(root);
