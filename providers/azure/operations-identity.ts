import {
  containerAppCall,
  containerGroupCall,
  machineCall,
  scaleSetCall,
  siteCall,
} from "./operations.ts";

/** Calls of the identity reader, as Azure's permission language names them. */
export const assignedIdentityCall = "Microsoft.ManagedIdentity/userAssignedIdentities/read";
export const assignmentCall = "Microsoft.Authorization/roleAssignments/read";
export const definitionCall = "Microsoft.Authorization/roleDefinitions/read";
export const denialCall = "Microsoft.Authorization/denyAssignments/read";
export const eligibleCall = "Microsoft.Authorization/roleEligibilityScheduleInstances/read";

/** Lists whose resources may run as an identity. */
export const holderCalls = [
  machineCall,
  scaleSetCall,
  containerAppCall,
  containerGroupCall,
  siteCall,
] as const;
