import type { EvidenceKind, EvidenceStep } from "../../model/finding.ts";

/** A thing on the way, with the gates that were passed to get to it. */
export interface ChainNode {
  readonly key: string;
  readonly kind: EvidenceKind;
  readonly label: string;
  /** Sentences that the step stands for. */
  readonly because: readonly string[];
}

export interface ChainEdge {
  readonly from: string;
  readonly to: string;
  /** Steps between the two ends that only let the packet pass. */
  readonly gates: readonly EvidenceStep[];
}

export interface ChainGraph {
  readonly nodes: readonly ChainNode[];
  readonly edges: readonly ChainEdge[];
}

/** Tools, permissions and resources of one chain are shown beside each other, the rest one after the other. */
const fanned: ReadonlySet<EvidenceKind> = new Set(["tool", "permission", "resource"]);

/** Things of one kind that a picture names; the others become one node with their number. */
const shownAtOnce = 5;

/** Evidence chains of one server as one picture: equal steps are one node, and gates lie on the edges. */
export function chainGraph(chains: readonly (readonly EvidenceStep[])[]): ChainGraph {
  const nodes = new Map<string, ChainNode>();
  const edges = new Map<string, ChainEdge>();
  for (const chain of chains) addChain(ranksOf(chain), nodes, edges);
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

interface Rank {
  readonly nodes: readonly ChainNode[];
  /** What was passed on the way to this rank. */
  readonly gates: readonly EvidenceStep[];
}

function ranksOf(chain: readonly EvidenceStep[]): Rank[] {
  const ranks: Rank[] = [];
  let gates: EvidenceStep[] = [];
  for (let at = 0; at < chain.length; at++) {
    const step = chain[at];
    if (!step) continue;
    if (step.kind === "gate") {
      gates.push(step);
      continue;
    }
    const together = [step];
    while (fanned.has(step.kind) && chain[at + 1]?.kind === step.kind) {
      const next = chain[++at];
      if (next) together.push(next);
    }
    ranks.push({ nodes: fold(together), gates });
    gates = [];
  }
  return ranks;
}

function fold(steps: readonly EvidenceStep[]): ChainNode[] {
  const distinct = [...new Map(steps.map((step) => [step.id, step])).values()];
  if (distinct.length <= shownAtOnce) return distinct.map(nodeOf);
  const rest = distinct.slice(shownAtOnce - 1);
  const [first] = rest;
  if (!first) return [];
  return [
    ...distinct.slice(0, shownAtOnce - 1).map(nodeOf),
    {
      key: `${first.kind} and more ${rest.map(({ id }) => id).join(" ")}`,
      kind: first.kind,
      label: `and ${rest.length} more`,
      because: rest.map(({ id, because }) => `${id}: ${because}`),
    },
  ];
}

function nodeOf({ kind, id, because }: EvidenceStep): ChainNode {
  return { key: `${kind} ${id}`, kind, label: id, because: [because] };
}

function addChain(
  ranks: readonly Rank[],
  nodes: Map<string, ChainNode>,
  edges: Map<string, ChainEdge>,
): void {
  for (const [at, { nodes: here, gates }] of ranks.entries()) {
    for (const node of here) if (!nodes.has(node.key)) nodes.set(node.key, node);
    for (const from of ranks[at - 1]?.nodes ?? []) {
      for (const to of here) {
        const key = `${from.key}\n${to.key}`;
        if (from.key !== to.key && !edges.has(key))
          edges.set(key, { from: from.key, to: to.key, gates });
      }
    }
  }
}
