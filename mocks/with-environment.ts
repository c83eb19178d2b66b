import process from "node:process";

/** Sets variables, or takes them away (`undefined`), and gives back what puts them as they were. */
export function withEnvironment(wanted: Readonly<Record<string, string | undefined>>): () => void {
  const names = Object.keys(wanted);
  const before = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  put(wanted);
  return () => put(before);
}

function put(values: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}
