/**
 * One family a line, with its member types.
 *
 * @see https://docs.oracle.com/en-us/iaas/Content/Identity/policyreference/policyreference_topic-Resource-Types.htm
 */
export const familyLines = `
virtual-network-family vcns,subnets,route-tables,network-security-groups,security-lists,dhcp-options,private-ips,public-ips,ipv6s,internet-gateways,nat-gateways,service-gateways,local-peering-gateways,local-peering-from,local-peering-to,remote-peering-connections,remote-peering-from,remote-peering-to,drg-object,drg-attachment,drg-route-table,drg-route-distribution,cpes,ipsec,cross-connects,cross-connect-groups,virtual-circuits,vnics,vtaps,vnic-attachments,vlans,byoiprange,publicippool,ipam
drgs drg-object,drg-route-table,drg-route-distribution,drg-attachment
instance-family app-catalog-listing,console-histories,instances,instance-console-connections,instance-images,volume-attachments
compute-management-family instance-configurations,instance-pools,cluster-networks
instance-agent-family instance-agent-plugins
instance-agent-command-family instance-agent-commands
volume-family volumes,volume-attachments,volume-backups,boot-volumes,boot-volume-backups,backup-policies,backup-policy-assignments,volume-groups,volume-group-backups
object-family objectstorage-namespaces,buckets,objects
secret-family secrets,secret-versions,secret-bundles
functions-family fn-app,fn-function,fn-invocation
file-family file-systems,mount-targets,export-sets,filesystem-snapshot-policies,replications,replication-targets,outbound-connectors
dns dns-zones,dns-records,dns-steering-policies,dns-steering-policy-attachments,dns-tsig-keys,dns-views,dns-resolvers,dns-resolver-endpoint
cluster-family clusters,cluster-node-pools,cluster-pod-shapes,cluster-virtual-node-pools,cluster-work-requests,cluster-workload-mappings
email-family email-domains,dkims,email-work-requests,approved-senders,suppressions,custom-return-path
stream-family streams,stream-pull,stream-push,stream-pools,connect-harness
database-family db-systems,db-nodes,db-homes,databases,db-backups
appmgmt-family appmgmt-monitored-instance,appmgmt-work-request
stack-monitoring-family stack-monitoring-resource,stack-monitoring-resource-type,stack-monitoring-task,stack-monitoring-discovery-job,stack-monitoring-work-request,stack-monitoring-metric-extension,stack-monitoring-config,stack-monitoring-baselineable-metric,stack-monitoring-process-set,stack-monitoring-monitoring-template,stack-monitoring-defined-monitoring-template
organizations-family organizations-link,organizations-recipient-invitation,organizations-sender-invitation,organizations-invitation,organizations-domain,organizations-domain-governance,organizations-entity,organizations-tenancy,organizations-order,organizations-subscription,organizations-subscription-mapping,organizations-assigned-subscription,organizations-subscription-region,organizations-governance-rules,organizations-enforced-governance-rules
`;

/** What a family's page grants and no member's page does, as in the table of types. */
export const familyExtraLines = `
email-family EMAIL_CONFIGURATION_ |READ||
organizations-family ORGANIZATIONS_ |LINK_READ,TENANCY_READ||SUBSCRIPTION_MAPPING_CREATE,SUBSCRIPTION_MAPPING_DELETE
stack-monitoring-family STACK_MONITORING_ ||BASELINEABLE_METRIC_EVALUATE|PROCESS_SET_CREATE,PROCESS_SET_DELETE,PROCESS_SET_MOVE,PROCESS_SET_UPDATE
volume-family BOOT_VOLUME_ |||CREATE,DELETE,MOVE
instance-family VNIC_ ATTACHMENT_READ,READ||ATTACH,DETACH|
object-family NBAC_ |READ||MANAGE
`;

/** Another spelling of a type, and the name that the table of types has for it. */
export const aliasLines = `
instance-console-connection instance-console-connections
network-security-group network-security-groups
fleet fleets
drg-attachments drg-attachment
drg-route-tables drg-route-table
drg-route-distributions drg-route-distribution
ipsec-connections ipsec
`;
