import { useEffect, useState } from "preact/hooks";

export interface Route {
  readonly page: string;
  /** Decoded; empty on a page without a subject. */
  readonly id: string;
}

/** `#/server/server-1a2b`; anything else is the first page. */
export function routeOf(hash: string): Route {
  const [, page = "", ...rest] = hash.replace(/^#/, "").split("/");
  return { page: page || "servers", id: decoded(rest.join("/")) };
}

export function linkTo(page: string, id = ""): string {
  return id === "" ? `#/${page}` : `#/${page}/${encodeURIComponent(id)}`;
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const change = () => setRoute(routeOf(location.hash));
    addEventListener("hashchange", change);
    return () => removeEventListener("hashchange", change);
  }, []);
  return route;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
