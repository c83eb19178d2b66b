/** What survives a JSON round trip. Recorded pages, MCP answers and configuration are this until a border parser has read them. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}
