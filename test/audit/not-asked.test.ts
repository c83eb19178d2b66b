import { expect, test } from "vitest";
import { notAskedOf } from "../../src/audit/not-asked.ts";
import { providers } from "../../src/model/provider.ts";

test.each(providers)(
  "%s names each service that no call asks about once, with what it leaves open",
  (provider) => {
    const services = notAskedOf(provider).map(({ service }) => service);
    expect(services.length).toBeGreaterThan(0);
    expect(new Set(services).size).toBe(services.length);
    for (const { because } of notAskedOf(provider)) expect(because).not.toBe("");
  },
);

test("named targets have no services", () => {
  expect(notAskedOf("named")).toEqual([]);
});
