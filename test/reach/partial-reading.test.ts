import { describe } from "vitest";
import { providers } from "../../src/model/provider.ts";
import { readingOf } from "./clouds.ts";
import { readingProperties } from "./reading-properties.ts";

describe.each(providers.map((provider) => ({ provider })))("$provider", ({ provider }) => {
  readingProperties(readingOf(provider));
});
