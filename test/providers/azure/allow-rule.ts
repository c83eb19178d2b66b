import type { JsonObject } from "../../../src/model/json.ts";

/** A rule of a security group that lets anybody in over TCP, but for what is said otherwise. */
export const allowRule = (properties: JsonObject): JsonObject => ({
  name: "a",
  properties: {
    priority: 100,
    access: "Allow",
    direction: "Inbound",
    protocol: "Tcp",
    sourceAddressPrefix: "*",
    destinationAddressPrefix: "*",
    ...properties,
  },
});
