import type { JSX } from "preact";
import type { EvidenceStep } from "../../model/finding.ts";
import { Code, SourceText, Table, Untrusted } from "./parts.tsx";

/** Every step with why it counts and where it was seen. */
export function ChainTable({
  steps,
  caption,
}: {
  readonly steps: readonly EvidenceStep[];
  readonly caption: string;
}): JSX.Element {
  return (
    <Table caption={caption} heads={["Step", "What", "Why it counts", "Where it was seen"]}>
      {steps.map(({ kind, id, because, source }, at) => (
        <tr key={at}>
          <th scope="row">
            {at + 1}. {kind}
          </th>
          <td>
            <Code text={id} />
          </td>
          <td>
            <Untrusted text={because} />
          </td>
          <td>
            <SourceText source={source} />
          </td>
        </tr>
      ))}
    </Table>
  );
}
