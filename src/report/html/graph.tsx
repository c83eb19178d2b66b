import { graphlib, layout as place } from "@dagrejs/dagre";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ChainEdge, ChainGraph, ChainNode } from "./chain.ts";
import { lastPart } from "./model.ts";
import { plural } from "./parts.tsx";

const box = { width: 158, height: 52 } as const;
/** Characters of a label that fit into a box. */
const fits = 19;
const narrow = "(max-width: 720px)";

/** The chain as a picture. What it shows stands in full in the table below it, so readers of text lose nothing. */
export function Graph({
  graph,
  label,
}: {
  readonly graph: ChainGraph;
  readonly label: string;
}): JSX.Element {
  const upright = useNarrow();
  const { nodes, edges, width, height } = layout(graph, upright ? "TB" : "LR");
  return (
    <div class="scroll graph" role="region" aria-label="Picture of the chain" tabIndex={0}>
      <svg
        role="img"
        aria-label={label}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        <defs>
          <marker
            id="tip"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0l8 4-8 4z" />
          </marker>
        </defs>
        {edges.map(({ edge, points }) => (
          <g key={`${edge.from} ${edge.to}`} class="edge">
            <path d={pathOf(points)} marker-end="url(#tip)" />
            {edge.gates.length > 0 && <GateMark edge={edge} points={points} />}
          </g>
        ))}
        {nodes.map(({ node, x, y }) => (
          <g key={node.key} class={`node ${node.kind}`} transform={`translate(${x} ${y})`}>
            <title>{[node.label, ...node.because].join("\n")}</title>
            <rect width={box.width} height={box.height} rx="6" />
            <text class="kind" x="12" y="20">
              {node.kind}
            </text>
            <text x="12" y="39">
              {shortened(node)}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function GateMark({
  edge,
  points,
}: {
  readonly edge: ChainEdge;
  readonly points: readonly Point[];
}): JSX.Element {
  const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
  return (
    <g class="gates" transform={`translate(${middle.x} ${middle.y})`}>
      <title>{edge.gates.map(({ because }) => because).join("\n")}</title>
      <rect x="-34" y="-11" width="68" height="22" rx="11" />
      <text y="4" text-anchor="middle">
        {plural(edge.gates.length, "gate")}
      </text>
    </g>
  );
}

interface Layout {
  readonly nodes: readonly { readonly node: ChainNode; readonly x: number; readonly y: number }[];
  readonly edges: readonly { readonly edge: ChainEdge; readonly points: readonly Point[] }[];
  readonly width: number;
  readonly height: number;
}

function layout({ nodes, edges }: ChainGraph, rankdir: "LR" | "TB"): Layout {
  const graph = new graphlib.Graph();
  graph.setGraph({
    rankdir,
    nodesep: 14,
    ranksep: rankdir === "LR" ? 72 : 46,
    marginx: 4,
    marginy: 4,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { key } of nodes) graph.setNode(key, { ...box });
  for (const { from, to } of edges) graph.setEdge(from, to);
  place(graph);
  const placed = nodes.map((node) => {
    const { x, y } = graph.node(node.key);
    return { node, x: x - box.width / 2, y: y - box.height / 2 };
  });
  const drawn = edges.map((edge) => ({ edge, points: graph.edge(edge.from, edge.to).points }));
  const right = Math.max(0, ...placed.map(({ x }) => x + box.width));
  const bottom = Math.max(0, ...placed.map(({ y }) => y + box.height));
  return {
    nodes: placed,
    edges: drawn,
    width: Math.ceil(right) + 4,
    height: Math.ceil(bottom) + 4,
  };
}

function pathOf(points: readonly Point[]): string {
  return points
    .map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join("");
}

/** The telling end of a long id. */
function shortened({ label }: ChainNode): string {
  const short = /^https?:\/\/([^/]+)/.exec(label)?.[1] ?? lastPart(label);
  const characters = Array.from(label.length > fits ? short : label);
  return characters.length > fits
    ? `${characters.slice(0, fits - 1).join("")}…`
    : characters.join("");
}

function useNarrow(): boolean {
  const [is, set] = useState(() => matchMedia(narrow).matches);
  useEffect(() => {
    const query = matchMedia(narrow);
    const change = () => set(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  return is;
}
