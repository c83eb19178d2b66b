import { stem } from "./tokens.ts";

export const wordSet = (text: string): ReadonlySet<string> =>
  new Set(text.split(/\s+/).filter(Boolean));

/** Things, one or several of them. */
const thingSet = (text: string): ReadonlySet<string> => new Set([...wordSet(text)].map(stem));

/** Verbs after which something is gone. */
export const destructiveVerbs = wordSet(`
  delete deletes remove removes drop destroy terminate kill purge truncate uninstall erase wipe overwrite cleanup prune
  deregister revoke drain flush evict nuke expunge decommission undeploy trash empty rollback purges abort clear discard
  deprovision unprovision shred forget teardown`);

/** Verbs that say only that something is done: the description says what. */
export const anyVerbs = wordSet("manage manages write configure modify change");

/** Verbs that interrupt service: a write, and destructive when the server itself says so. */
export const disruptiveVerbs = wordSet("restart reboot stop shutdown failover suspend");

/** Verbs that change something and are hardly ever nouns. */
export const writeVerbs = wordSet(`
  create creates add insert update updates set put upload send publish write edit modify rename move apply deploy install
  upgrade scale merge fork approve reject assign unassign invite start stop pause resume enable disable toggle register
  restore attach detach associate disassociate untag unlink clone trigger schedule cancel retry rerun submit reply mark
  manage manages configure provision launch allocate release lock unlock transfer append prepend replace restart reboot
  shutdown failover suspend save store upsert promote resize reset rotate grant give subscribe unsubscribe ingest
  activate deactivate archive unarchive convert initialize bootstrap import export push patch post incr decr share
  unshare unpublish comment react dismiss acknowledge snooze migrate sync synchronize order purchase book pay charge refund invoke
  cordon uncordon reopen autofix rebase cherrypick untrack mount unmount forward propose complete reconfigure bind
  unbind onboard enroll queue enqueue adopt abandon build containerize setup fix cas touch login logout expand shrink
  change swap alter populate load run execute copy backup release commit tag prepare backfill rollout
  transition close mute unmute silence void finalize join leave ban unban kick pin unpin block unblock follow unfollow like
  unlike vote star unstar escalate power reindex reschedule reorder refresh annotate sign tweet retweet
  accept decline deny refuse confirm authorize authorise allow disallow permit forbid begin finish conclude advance rewind seek
  notify remind broadcast deposit withdraw redeem donate relink categorize categorise flip align ungroup arrange duplicate inject
  rewrite refactor revert undo redo repair heal remediate mitigate downgrade recover override adjust rebalance redirect hire
  finetune dispatch emit produce dequeue requeue redrive ack nack persist increase decrease increment decrement freeze unfreeze
  thaw hibernate halt poweroff rebuild reimage reinstall resync impersonate isolate quarantine delegate nominate remember
  memorize stash retain invalidate vacuum unpair disarm end boot call control replay checkout step switch navigate signin signout signup checkin
  optin optout`);

/** Words that are as often nouns: they decide only as the first verb of a name. */
export const nounLikeVerbs = wordSet(`
  import export backup run patch update build push set tag commit merge release schedule start stop test restore copy lock
  post upgrade change sync transfer request launch order share comment queue store load fork branch setup book charge
  track score rank filter match measure benchmark answer dig block star like vote power close silence clear refresh sign pin kick void join
  deploy scale trash forward complete archive subscribe mark reply clone register fix touch manage mount move put save
  empty access install reset rollback execute rollout trigger grant
  login transition tweet retweet upload toggle refund purchase failover invite
  end boot call control replay checkout step switch`);

/** Those of them that are verbs after a thing: `list_update` updates a list, `track_order` tracks an order. */
export const seldomNouns = wordSet("update set start stop move reset put install register");

/** Words that change a page in a browser, and nothing outside of it by themselves. */
export const interfaceVerbs = wordSet(`
  click close drag drop emulate fill handle hover navigate press resize select type tabs upload new open scroll tap swipe
  goto dialog reload `);

export const readVerbs = wordSet(`
  get gets list lists search find read reads query describe show shows view fetch retrieve retrieves count check validate
  verify explain inspect lookup browse preview diff compare analyze analyse audit summarize status logs log top stats ping
  echo extract crawl map scrape tree detect classify recommend estimate calculate wait take snapshot screenshot download
  watch monitor trace think simulate return returns whoami info help explore discover resolve aggregate lint test ls cat
  head tail grep glob poll scan review identify translate geocode suggest generate connect disconnect reconnect ask
  enumerate usage peek render history displays display select open provide thinking demonstrates gather examine locate consume receive track tracks transcribe whois
  traceroute nslookup dig decode parse tokenize score rank filter match measure benchmark solve answer geolocate
  autocomplete
  compute compresses investigate troubleshoot diagnose research plan documentation recall predict forecast
  obtain collect determine assess rerank probe observe`);

/** Read verbs that may well change something: here the tool's own word that it does is enough. */
export const softReadVerbs = wordSet(
  "start stop connect disconnect reconnect open simulate trace monitor test provide generate compute compresses run execute download",
);

/** Read verbs so plain that a later word of the name is what is read, not what is done. */
export const plainReadVerbs = wordSet(`
  get gets list lists search find read query describe show view fetch retrieve count check validate verify explain inspect
  lookup browse preview diff compare analyze audit summarize`);

/** Plain read verbs that no name has as a noun: what stands after one is only what is read. */
export const sureReadVerbs = wordSet(
  "get fetch retrieve describe show read explain verify validate summarize analyze inspect",
);

/** The same of those that are nouns as well (`list_delete` deletes a list), where the description opens with them. */
export const openingReadVerbs = wordSet("list view count preview browse");

/** Words that make a name a question: `is_database_connected`. */
export const questionWords = wordSet("is are");

/** What a tool is called instead of its verb: `services-updater`, `nodes_reader`. */
export const agentNouns: ReadonlyMap<string, string> = new Map(
  `reader:read writer:write updater:update fetcher:fetch getter:get setter:set finder:find viewer:view lister:list creator:create
  deleter:delete remover:remove cleaner:cleanup executor:execute runner:run scanner:scan analyzer:analyze analyser:analyse
  validator:validate checker:check generator:generate converter:convert searcher:search inspector:inspect explorer:explore
  uploader:upload downloader:download editor:edit sender:send publisher:publish installer:install deployer:deploy
  summarizer:summarize translator:translate`
    .split(/\s+/)
    .map((pair): [string, string] => {
      const [noun = "", verb = ""] = pair.split(":");
      return [noun, verb];
    }),
);

/** Last words of a name that only say that it is one. */
export const emptyTails = wordSet("tool tools mcp");

/** Last words of a name that tell of texts about a thing: whatever stands before them is not done. */
export const adviceNouns = wordSet("help guidance practices tutorial");

/** Last words of a name that tell what is read of a thing. */
export const readingNouns = wordSet(
  "details detail info information usage metadata summary overview statistics stats status history",
);

/** Read verbs that are as often what a changing verb works on: `set_status`, `delete_list`. */
export const readNouns = wordSet(`
  list view search scan watch snapshot status info match history score rank track log logs display trace stats tree usage query
  monitor preview diff plan research documentation screenshot filter review test check audit tracks displays tail head count
  summary wait`);

/** What "resolve" closes, rather than looks up. */
export const resolvableThings = thingSet(
  "issue case incident thread comment alert discussion problem ticket finding conversation",
);

/** What later calls work in once it is selected. */
export const selectedThings = thingSet(`
  site project account workspace organization organisation database tenant profile context region subscription environment
  instance server space`);

/** What names a destruction that is only asked for. */
export const destructions = thingSet("deletion removal termination destruction erasure");

/** Verbs that change a thing or only answer in another form. */
export const formVerbs = wordSet("convert transform");

/** Words that make what stands before them a verb. */
export const determiners = wordSet("a an the all one multiple existing this your or and");

/** What is asked of a person with "request". */
export const grantedThings = thingSet(
  "review reviewer access approval permission change leave refund",
);

/** What makes "request" a thing: a pull request. */
export const mergedThings = wordSet("pull merge");

/** What "run" and "execute" only ask for. */
export const askedThings = thingSet(
  "query queries search scan check checks audit report reports aggregation aggregate count diagnostics soql sosl jql nrql promql logql kql spl esql",
);

/** What "convert" and "transform" only answer in another form. */
export const answeredThings = thingSet(
  "time timezone currency unit units temperature date color number text markdown",
);

/** What "clear" takes nothing away from. */
export const passingThings = thingSet(
  "form field fields filter filters selection screen input highlight",
);

/** What "stop" and "start" only begin or end watching. */
export const watchedThings = thingSet(
  "search trace watch recording tail profiling query logs capture",
);

/** Verbs that, with one of `runnableThings`, run what the caller brings. */
export const runVerbs = wordSet(
  "exec execute executes run runs eval evaluate start spawn interact invoke send call test trigger launch",
);
export const runnableThings = wordSet(`
  code command commands cmd script scripts shell bash powershell process python javascript js terminal program notebook
  cell repl snippet interpreter expression kernel subprocess lambda container playbook playbooks`);

/** Parameters that carry a program or a command line. */
export const programParameters = wordSet(`
  command cmd code script commands bash javascript python js expression function snippet
  commandline pythoncode program shellcommand clicommand sourcecode`);

/** Names that run code wherever they stand. */
export const execWords = wordSet("exec eval sudo");

/** Places that run code where the name has no verb of its own: `ssh_upload` runs nothing. */
export const execPlaces = wordSet("shell bash powershell repl terminal ssh");

/** What, when deployed, runs on the other side. */
export const deployableThings = wordSet(
  "folder file files code contents source function functions archive directory zip",
);

/** Parameters that hold a statement of a query language. */
export const sqlParameters = wordSet(
  "sql statement statements sql_query sqlquery sqlstatement query querystring",
);
export const sqlWords = wordSet(
  "sql mysql postgres postgresql mssql tsql plsql sqlite mariadb cql dsql cypher opencypher gremlin",
);

/** Parameters whose value says which operation to do. */
export const operationParameters = wordSet("action operation op actiontype operationtype");

/** Parameters that say which operation to do where their values are verbs. */
export const choosingParameters = wordSet(
  "method mode command subcommand verb task actions operations",
);

/** Sentences that tell of a loss. */
export const lossSentence =
  /\b(?:discard(?:s|ing)? (?:all|any|uncommitted|local|commits|changes)|(?:data|changes|everything|state)\b[^.]{0,40}\b(?:lost|erased|wiped)|data loss|destroy(?:s|ing)? (?:all|any|every|existing)|wip(?:e|es|ing) (?:all|the|every))\b/i;
