const usual: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** The port that a URL dials, also where only its scheme tells; undefined for what is none. */
export function dialledPort(url: string): number | undefined {
  const [, scheme = "", port] =
    /^([a-z]+):\/\/(?:\[[^\]]*\]|[^/:]*)(?::(\d{1,5}))?(?:\/|$)/.exec(url) ?? [];
  return port === undefined ? usual[scheme] : Number(port);
}
