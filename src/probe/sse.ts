export interface SseEvent {
  /** `message` when the stream names none. */
  readonly event: string;
  readonly data: string;
}

/** Incremental reader of an event stream (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export function createSseReader(): (text: string) => SseEvent[] {
  let line: string[] = [];
  let event = "message";
  let data: string[] = [];

  function take(text: string): SseEvent | undefined {
    if (text !== "") {
      const { name, value } = field(text);
      if (name === "event") event = value;
      if (name === "data") data.push(value);
      return undefined;
    }
    const ready = data.length === 0 ? undefined : { event, data: data.join("\n") };
    event = "message";
    data = [];
    return ready;
  }

  let afterReturn = false;
  return (text) => {
    const events: SseEvent[] = [];
    // A line may end in CR, LF or both, and both may arrive in two pieces.
    const pieces = (afterReturn && text.startsWith("\n") ? text.slice(1) : text).split(
      /\r\n|\n|\r/,
    );
    if (text !== "") afterReturn = text.endsWith("\r");
    for (const [index, piece] of pieces.entries()) {
      line.push(piece);
      if (index === pieces.length - 1) break;
      const ready = take(line.join(""));
      line = [];
      if (ready) events.push(ready);
    }
    return events;
  };
}

function field(line: string): { name: string; value: string } {
  const colon = line.indexOf(":");
  if (colon === -1) return { name: line, value: "" };
  const value = line.slice(colon + 1);
  return { name: line.slice(0, colon), value: value.startsWith(" ") ? value.slice(1) : value };
}
