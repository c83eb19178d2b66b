import {
  containerAppCall,
  containerGroupCall,
  machineCall,
  resourceCall,
  scaleSetCall,
  siteCall,
} from "./operations.ts";

/** Calls of the identity reader, as Azure's permission language names them. */
export const assignedIdentityCall = "Microsoft.ManagedIdentity/userAssignedIdentities/read";
export const assignmentCall = "Microsoft.Authorization/roleAssignments/read";
export const definitionCall = "Microsoft.Authorization/roleDefinitions/read";
export const denialCall = "Microsoft.Authorization/denyAssignments/read";
export const eligibleCall = "Microsoft.Authorization/roleEligibilityScheduleInstances/read";

export const clusterCall = "Microsoft.ContainerService/managedClusters/read";
export const vaultCall = "Microsoft.KeyVault/vaults/read";

/** Lists of Microsoft Graph, which is asked with a token and a consent of its own. */
export const graphRoleCall = "Microsoft.Graph/servicePrincipals/read";
export const appRoleCall = "Microsoft.Graph/servicePrincipals/appRoleAssignedTo/read";
export const directoryRoleCall = "Microsoft.Graph/roleManagement/directory/roleAssignments/read";
export const memberCall = "Microsoft.Graph/servicePrincipals/transitiveMemberOf/read";

/** Lists whose resources may run as an identity; the last holds all of them, and says least of each. */
export const holderCalls = [
  machineCall,
  scaleSetCall,
  containerAppCall,
  containerGroupCall,
  siteCall,
  resourceCall,
] as const;
