import type { Call } from "../call.ts";
import type { OciClients } from "./connect.ts";
import { keyUsersInside } from "./key-texts.ts";

const described = ["core:ListInstances", "containerinstances:GetContainer"] as const;

/** One request for each user whose key was found. */
export const perKeyUser: NonNullable<Call<OciClients>["params"]> = (recorded) => {
  const users = described.flatMap((operation) =>
    recorded.bodies(operation).flatMap(keyUsersInside),
  );
  return [...new Set(users)].toSorted().map((userId) => ({ userId }));
};
