import { aws } from "./aws.ts";
import { awslabs } from "./awslabs.ts";
import { azure } from "./azure.ts";
import { communityServers } from "./community.ts";
import { developerTools } from "./developer-tools.ts";
import { frameworks } from "./frameworks.ts";
import { gateways } from "./gateways.ts";
import { google } from "./google.ts";
import { hosts } from "./hosts.ts";
import { knowledge } from "./knowledge.ts";
import { kubernetes } from "./kubernetes.ts";
import { oracle } from "./oracle.ts";
import { referenceServers } from "./reference.ts";
import { serviceServers } from "./services.ts";
import type { Signature } from "./signature.ts";
import { vendors } from "./vendors.ts";

/** Every known product, the servers before what carries them. */
export const signatures: readonly Signature[] = [
  ...azure,
  ...aws,
  ...awslabs,
  ...google,
  ...oracle,
  ...kubernetes,
  ...hosts,
  ...serviceServers,
  ...vendors,
  ...knowledge,
  ...communityServers,
  ...referenceServers,
  ...developerTools,
  ...gateways,
  ...frameworks,
];
