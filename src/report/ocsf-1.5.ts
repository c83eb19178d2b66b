import { eventsOf } from "./ocsf.ts";
import type { Reporter } from "./reporter.ts";

/**
 * The same for readers of OCSF 1.5. It has no IAM analysis finding yet, which came with 1.6, so that an identity is a
 * detection finding there; and a check names no resource, which came with 1.8.
 *
 * @see https://github.com/ocsf/ocsf-schema/blob/main/CHANGELOG.md
 */
export const ocsf15: Reporter = { render: (report) => eventsOf(report, "1.5.0") };
