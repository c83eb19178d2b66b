import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Model } from "./model.ts";
import { linkTo, useRoute, type Route } from "./route.ts";
import { ControlsPage } from "./controls-page.tsx";
import { CoveragePage } from "./coverage-page.tsx";
import { FindingPage } from "./finding-page.tsx";
import { FindingsPage } from "./findings-page.tsx";
import { IdentitiesPage } from "./identities-page.tsx";
import { OwnersPage } from "./owners-page.tsx";
import { PlanPage } from "./plan-page.tsx";
import { RunPage } from "./run-page.tsx";
import { ServerPage } from "./server-page.tsx";
import { ServersPage } from "./servers-page.tsx";

type Page = (props: { model: Model; id: string }) => JSX.Element;

/** Pages by the first part of the hash; those with a label stand in the navigation. */
const pages: readonly { readonly name: string; readonly label?: string; readonly page: Page }[] = [
  { name: "servers", label: "Servers", page: ServersPage },
  { name: "findings", label: "Findings", page: FindingsPage },
  { name: "plan", label: "Plan", page: PlanPage },
  { name: "identities", label: "Identities", page: IdentitiesPage },
  { name: "coverage", label: "Coverage", page: CoveragePage },
  { name: "controls", label: "Controls", page: ControlsPage },
  { name: "owners", label: "Owners and cost", page: OwnersPage },
  { name: "run", label: "This run", page: RunPage },
  { name: "server", page: ServerPage },
  { name: "finding", page: FindingPage },
];

const parents: Readonly<Record<string, string>> = { server: "servers", finding: "findings" };

export function App({ model }: { readonly model: Model }): JSX.Element {
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else {
      main.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }, [route.page, route.id]);
  const found = pages.find(({ name }) => name === route.page) ?? pages[0];
  const Shown = found?.page ?? ServersPage;
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => skip(event, main.current)}>
        Skip to the content
      </a>
      <Header model={model} route={route} />
      <main id="main" ref={main} tabIndex={-1}>
        <Shown model={model} id={route.id} />
      </main>
      <footer>
        <p>
          Written by Postern {model.report.tool.version} from the JSON report of run{" "}
          {model.report.run.id}. It loads nothing from anywhere.
        </p>
      </footer>
    </>
  );
}

function skip(event: MouseEvent, main: HTMLElement | null): void {
  event.preventDefault();
  main?.focus();
}

function Header({ model, route }: { readonly model: Model; readonly route: Route }): JSX.Element {
  const { run } = model.report;
  const here = parents[route.page] ?? route.page;
  return (
    <header>
      <p class="brand">
        <svg viewBox="0 0 20 20" width="22" height="22" aria-hidden="true">
          <path d="M2 19V8a8 8 0 0 1 16 0v11h-4V8.5a4 4 0 0 0-8 0V19z" />
        </svg>
        <span>Postern</span>
        <time dateTime={run.startedAt}>{run.startedAt.slice(0, 16).replace("T", " ")} UTC</time>
      </p>
      <nav aria-label="Pages">
        <ul>
          {pages.flatMap(({ name, label }) =>
            label === undefined
              ? []
              : [
                  <li key={name}>
                    <a href={linkTo(name)} aria-current={name === here ? "page" : undefined}>
                      {label}
                    </a>
                  </li>,
                ],
          )}
        </ul>
      </nav>
    </header>
  );
}
