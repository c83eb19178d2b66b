import type { LogKind, LogSwitch } from "../src/model/logging.ts";
import type { Provider } from "../src/model/provider.ts";

/** A log whose switch no call asks about: open, and it says what would tell. */
export function untoldLog(
  provider: Provider,
  kind: LogKind,
  about: string,
  teller: string,
): LogSwitch {
  return {
    kind,
    about,
    state: "unknown",
    because: `${teller} was not asked (unsupported).`,
    source: { kind: "rule", id: `${provider}:logging` },
  };
}
