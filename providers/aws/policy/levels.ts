import type { Access } from "../../../src/model/identity.ts";

/** A correction of the access level that the action data gives. */
export interface LevelOverride {
  /** `service:action`, lower case; a `*` at the end stands for any rest. */
  readonly action: string;
  readonly access: Access;
  readonly because: string;
}

/** First match decides. Each line is an action whose published level says more or less than what it changes. */
export const levelOverrides: readonly LevelOverride[] = [
  {
    action: "athena:getsessionendpoint",
    access: "read",
    because: "returns an address, changes nothing",
  },
  {
    action: "cognito-idp:gettokensfromrefreshtoken",
    access: "read",
    because: "needs the user's own refresh token, changes no resource",
  },
  { action: "iot:getconnection", access: "read", because: "reads the state of a connection" },
  { action: "iot:listsubscriptions", access: "list", because: "lists, changes nothing" },
  {
    action: "s3express:createsession",
    access: "read",
    because: "opens a session; what it may do is decided by its mode",
  },
  { action: "kms:decrypt", access: "read", because: "gives plain text, changes nothing" },
  { action: "kms:encrypt", access: "execute", because: "uses a key, changes nothing" },
  { action: "kms:reencrypt*", access: "execute", because: "uses two keys, changes neither" },
  { action: "kms:generatedatakey*", access: "execute", because: "uses a key, changes nothing" },
  { action: "kms:generaterandom", access: "execute", because: "returns random bytes" },
  { action: "kms:generatemac", access: "execute", because: "uses a key, changes nothing" },
  { action: "kms:verify*", access: "execute", because: "uses a key, changes nothing" },
  { action: "kms:sign", access: "execute", because: "uses a key, changes nothing" },
  { action: "kms:derivesharedsecret", access: "execute", because: "uses a key, changes nothing" },
  {
    action: "kms:creategrant",
    access: "permissions",
    because: "gives another principal the use of a key",
  },
  { action: "ssm:sendcommand", access: "execute", because: "runs commands on instances" },
  { action: "ssm:startsession", access: "execute", because: "opens a shell on an instance" },
  { action: "ssm:startautomationexecution", access: "execute", because: "runs a document" },
  { action: "ssm:executeapi", access: "execute", because: "runs an API call for the caller" },
  { action: "ecs:executecommand", access: "execute", because: "opens a shell in a container" },
  {
    action: "ec2-instance-connect:sendsshpublickey",
    access: "execute",
    because: "lets the caller log in",
  },
  { action: "sts:getcalleridentity", access: "read", because: "says who the caller is" },
  { action: "sts:getsessiontoken", access: "read", because: "renews the caller's own credential" },
  { action: "sts:decodeauthorizationmessage", access: "read", because: "decodes a message" },
  {
    action: "sts:assumerole*",
    access: "execute",
    because: "becomes another identity: judged by what that identity may do",
  },
  { action: "sts:*", access: "execute", because: "issues credentials, changes no resource" },
  { action: "logs:startquery", access: "read", because: "reads log events" },
  { action: "logs:stopquery", access: "read", because: "ends the caller's own query" },
  {
    action: "athena:startqueryexecution",
    access: "execute",
    because: "runs a query with the caller's own data permissions",
  },
  { action: "athena:stopqueryexecution", access: "execute", because: "ends a query" },
  { action: "cloudtrail:startquery", access: "read", because: "reads recorded events" },
  {
    action: "cloudwatch:deletealarms",
    access: "write",
    because: "an alarm is a rule: neither data nor evidence is lost",
  },
  {
    action: "config:startconfigrulesevaluation",
    access: "execute",
    because: "evaluates again, changes no resource",
  },
  { action: "ssmmessages:*", access: "execute", because: "the agent's own channel" },
  { action: "ec2messages:*", access: "execute", because: "the agent's own channel" },
  {
    action: "ssm:updateinstanceinformation",
    access: "execute",
    because: "the agent reports about itself",
  },
  {
    action: "iam:passrole",
    access: "permissions",
    because: "gives a service the rights of a role",
  },
  { action: "iam:generate*", access: "read", because: "prepares a report, changes no resource" },
  { action: "iam:simulate*", access: "read", because: "answers a question, changes no resource" },
];

/** Verbs at the start of an action name that say more than the level `Write`. */
export const deleteVerbs =
  /^(?:batch)?(?:delete|remove|terminate|destroy|purge|deregister|detach|disassociate|revoke|release|drop)/;
export const executeVerbs =
  /^(?:batch)?(?:invoke|execute|startexecution|startsyncexecution|runcommand)/;
/** A level that says "permissions" for an action that only looks. */
export const readVerbs = /^(?:batch)?(?:get|list|describe|view|search|check|validate|test)/;
