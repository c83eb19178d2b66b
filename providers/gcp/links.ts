/**
 * The part of a link that is the same whatever the host and API version: `projects/p/global/networks/n`.
 * https://cloud.google.com/apis/design/resource_names
 */
export function pathOf(link: string): string {
  return link.replace(/^(?:https:)?\/\/[^/]+\//, "").replace(/^compute\/[a-z0-9]+\//, "");
}

/** The last part of a link. */
export function nameOf(link: string): string {
  return link.slice(link.lastIndexOf("/") + 1);
}

/** `instances` of `projects/p/zones/z/instances/i`. */
export function collectionOf(link: string): string {
  return pathOf(link).split("/").at(-2) ?? "";
}

export function projectOf(link: string): string | undefined {
  return /(?:^|\/)projects\/([^/]+)\//.exec(link)?.[1];
}

/** The region of a zonal or regional link; undefined for what is global. */
export function regionOf(link: string): string | undefined {
  const region = /\/regions\/([^/]+)/.exec(link)?.[1];
  return region ?? zoneOf(link)?.replace(/-[a-z0-9]+$/, "");
}

export function zoneOf(link: string): string | undefined {
  return /\/zones\/([^/]+)/.exec(link)?.[1];
}
