/**
 * Calls as Azure's permission language names them; the inventory finds recorded pages by these.
 * https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations
 */
export const machineCall = "Microsoft.Compute/virtualMachines/read";
/** User data comes with one machine at a time. */
export const machineDetailCall = "Microsoft.Compute/virtualMachines/read:userData";
export const scaleSetCall = "Microsoft.Compute/virtualMachineScaleSets/read";
export const scaleSetMachineCall = "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read";
export const scaleSetInterfaceCall =
  "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces/read";
export const scaleSetAddressCall =
  "Microsoft.Compute/virtualMachineScaleSets/publicIPAddresses/read";
export const interfaceCall = "Microsoft.Network/networkInterfaces/read";
export const addressCall = "Microsoft.Network/publicIPAddresses/read";
export const networkCall = "Microsoft.Network/virtualNetworks/read";
export const rulesCall = "Microsoft.Network/networkSecurityGroups/read";
export const routesCall = "Microsoft.Network/routeTables/read";
export const adminRulesCall =
  "Microsoft.Network/virtualNetworks/listNetworkManagerEffectiveSecurityAdminRules/action";
export const networkManagerCall = "Microsoft.Network/networkManagers/read";
export const privateEndpointCall = "Microsoft.Network/privateEndpoints/read";
export const serviceTagCall = "Microsoft.Network/locations/serviceTags/read";
export const balancerCall = "Microsoft.Network/loadBalancers/read";
export const gatewayCall = "Microsoft.Network/applicationGateways/read";
export const wafCall = "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/read";
export const firewallCall = "Microsoft.Network/azureFirewalls/read";
export const firewallPolicyCall = "Microsoft.Network/firewallPolicies/read";
export const ruleGroupCall = "Microsoft.Network/firewallPolicies/ruleCollectionGroups/read";
export const ipGroupCall = "Microsoft.Network/ipGroups/read";
export const linkServiceCall = "Microsoft.Network/privateLinkServices/read";
export const apiServiceCall = "Microsoft.ApiManagement/service/read";
export const apiCall = "Microsoft.ApiManagement/service/apis/read";
export const apiBackendCall = "Microsoft.ApiManagement/service/backends/read";
export const apiGlobalPolicyCall = "Microsoft.ApiManagement/service/policies/read";
export const apiPolicyCall = "Microsoft.ApiManagement/service/apis/policies/read";
export const zoneCall = "Microsoft.Network/dnsZones/read";
export const recordCall = "Microsoft.Network/dnsZones/recordsets/read";
export const environmentCall = "Microsoft.App/managedEnvironments/read";
export const containerAppCall = "Microsoft.App/containerApps/read";
export const containerAppAuthCall = "Microsoft.App/containerApps/authConfigs/read";
export const containerGroupCall = "Microsoft.ContainerInstance/containerGroups/read";
export const siteCall = "Microsoft.Web/sites/read";
export const slotCall = "Microsoft.Web/sites/slots/read";
export const slotConfigCall = "Microsoft.Web/sites/slots/config/read";
export const siteConfigCall = "Microsoft.Web/sites/config/read";
export const functionCall = "Microsoft.Web/sites/functions/read";
export const hostingCall = "Microsoft.Web/hostingEnvironments/read";
/** Everything, by its name and the identities that it runs as. */
export const resourceCall = "Microsoft.Resources/subscriptions/resources/read";
export const doorCall = "Microsoft.Cdn/profiles/read";
export const doorEndpointCall = "Microsoft.Cdn/profiles/afdEndpoints/read";
export const doorRouteCall = "Microsoft.Cdn/profiles/afdEndpoints/routes/read";
export const doorGroupCall = "Microsoft.Cdn/profiles/originGroups/read";
export const doorDomainCall = "Microsoft.Cdn/profiles/customDomains/read";
export const doorOriginCall = "Microsoft.Cdn/profiles/originGroups/origins/read";
export const doorRuleCall = "Microsoft.Cdn/profiles/ruleSets/rules/read";
export const doorSecurityCall = "Microsoft.Cdn/profiles/securityPolicies/read";
export const doorWafCall = "Microsoft.Network/frontDoorWebApplicationFirewallPolicies/read";
