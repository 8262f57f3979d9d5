/** The words of operations, by what they tell. General English; nothing of one team or system. */
export const WORDS = {
  recovered:
    /\b(?:back (?:up|online|to normal|to life|again|in business|down to normal)|(?:is|are|it'?s|we'?re|looks?|seems?|everything(?:'?s)?|all|both|came|come|coming|services?|now)(?: \w+)? (?:back|healthy|green|recovered|stable|restored|working|operational)(?! (?:on|in|at|then|when|later|then)\b)|recovered|recovery (?:complete|confirmed)|up and running|up again|works? (?:again|now)|(?:loads?|responds?|responding|serving|flowing|mining|syncing|processing|login|logins work) (?:again|fine now|normally)|working again|(?:i|we|they|users?|customers?) can (?:\w+ ){1,3}(?:again|now)|back (?:at|below|under) \d|(?:errors?|error rate|5xx|latency|queue|backlog|lag|failures?)[^.?]{0,40}\b(?:back to normal|normal again|gone|cleared|drained|zero|baseline|under 0?\.?\d|down to (?:0|zero|normal))|(?:all|fully) (?:clear|green|good|operational|restored|recovered)|no (?:more|new|further) (?:errors?|alerts?|5xx|failures?|reports?|timeouts?))\b/i,
  improving:
    /\b(?:falling|dropping|improving|getting better|coming (?:back|down)|catching up|draining|recovering|going down|decreasing|trending down|seems fine|looks? (?:better|good|fine|ok))\b/i,
  relapse:
    /\b(?:still (?:down|failing|broken|seeing|erroring|bad|happening|not|no|can'?t|getting)|(?:down|broken|failing|spiking|happening) again|not (?:fixed|recovered|back|working)|came back|it'?s back(?: down)?\s*[:;]?-?[(/]|did(?:n'?t| not) (?:help|work|fix)|no (?:change|improvement|luck)|worse)\b/i,
  closing:
    /\b(?:clos(?:e|ing) (?:this|it|the incident|out)|(?:call|calling|consider|considering|mark|marking|declare|declaring|treat|treating)\b[^.?]{0,30}\b(?:fixed|done|resolved|closed|over|clear)|all clear|(?:incident|outage|issue|problem|this) (?:is |has been |now )*(?:over|closed|resolved|done|fixed)|resolved|stand(?:ing)? down|(?:we'?re|we are) (?:done|good) here|(?:that'?s|and that is) a wrap|wrapping (?:this )?up|over and out)\b/i,
  ack: /^(?:ack(?:ed|nowledged)?|here|mine|yep,? on it|taking|joined|online|awake|up)\b|\b(?:on it|looking(?= ?(?:$|[.,;:!)-]|into|at (?:it|this)\b|now))|having a look|taking a look|(?:i'?ll|let me|will) (?:take (?:it|this|a look)|have a look|look(?: at| into)?|handle|check|investigate)|taking (?:it|this|over)|investigating|checking(?= ?(?:$|[.,;:!)-]|now|it|this|the (?:logs?|graphs?|dashboards?)))|got (?:paged|woken|the (?:page|mail|alert|call|sms|notification))|i'?m (?:here|on|awake|online|around|at my)|i (?:have|got) (?:it|this)|i see (?:it|this) too|acknowledged)\b/i,
  cause:
    /\b(?:because|caus(?:e|ed|es|ing)|due to|culprit|smoking gun|triggered by|that'?s (?:why|it\b|the (?:problem|issue|cause|bug|one))|that (?:explains|would explain)|which (?:means|makes|breaks|broke|made|is why)|mak(?:es|ing) \w+|turn(?:s|ed) out|introduced|regression|bug in|broke\b|broken by|too (?:close|much) to be|result(?:s|ing)? (?:of|in|from)|leads? to|(?:it'?s|it is|it was) (?:the|that|a|our)|bad (?:deploy|config|change|release|release|push)|(?:since|after|with) (?:the|that|this|yesterday'?s|today'?s|last) \w*\s?(?:deploy\w*|release|upgrade|change|merge|update|rollout|migration|push)|(?:the|that|new) (?:\d\d?:\d\d )?(?:release|deploy\w*|upgrade|change|version|config|setting|migration|commit|patch|flag|cron|job|query|index|rule|limit) (?:\w+ )?(?:wraps?|adds?|added|changed|removed?|removes|uses?|makes?|made|sets?|turned|dropped|has|had|is|was|went|did|does|doesn'?t|never|takes?|took|holds?|exceeds?|went)|changed (?:exactly|that|the)|misconfigur\w+|wrong (?:\w+ )?(?:value|config|setting|version|key|path|order)|expired|ran out|out of (?:memory|disk|space|inodes|connections|file)|deadlock\w*|race condition|memory leak|leak(?:s|ed|ing)\b|held all|never (?:set|released|closed|renewed|released)|before (?:its|the) \w+|not the default|too (?:many|large|big|small|low))\b/i,
  finding:
    /\b(?:errors?|exceptions?|exhausted|full|oom\w*|crash\w*|fail(?:s|ed|ing|ure|ures)?|time ?outs?|timing out|times out|timed out|refus\w+|reject\w*|stuck|saturat\w+|5\d\d|4\d\d|5xx|4xx|latency|backlog|queue\w*|lock(?:s|ed)?|corrupt\w*|mismatch\w*|split|fork|lag\w*|spik\w+|drop(?:s|ped|ping)|dead|hang\w*|hung|down|unreachable|\d+ ?%|logs? (?:say|says|show|shows)|says|found|shows?|most recent|never came|connections?|replica\w*|waits?|dies)\b/i,
  symptom:
    /\b(?:can'?t|cannot|can not|unable to|no one can|nobody can|(?:don'?t|doesn'?t|won'?t|not) (?:load|work|respond|open|start|connect|send|save|resolve|render)\w*|isn'?t (?:working|loading|up|responding)|down|broken|failing|fails|failed|errors?|5\d\d|timeouts?|timing out|unreachable|unavailable|outage|not responding|rejected|stuck|spins?|hangs?|crash\w*|slow|missing|lost|dead)\b/i,
  impact:
    /\b(?:customers?|users?|people|clients?|players?|students?|staff|members?|visitors?|readers?|editors?|merchants?|patients?|orders?|checkouts?|payments?|tickets?|reports?|complaints?|affect(?:s|ed|ing)|impact\w*|everyone|nobody|no one|someone (?:on|from|in)|all (?:\w+ )?(?:pages|users|services|sites|requests|traffic|regions|customers)|data loss|lost)\b/i,
  reach:
    /\b(?:affect(?:s|ed|ing)|impact(?:s|ed|ing))\b[^.?]*\b(?:all|every|only|most|some|\d)|\b(?:\d+|first|second|third|another|more|many|several|new|multiple|lots of) (?:\w+ )?(?:reports?|tickets?|complaints?|calls?|customers?|users?)\b|\bhelp ?desk\b|\bsupport (?:is|are|gets?|getting|reports?|says?|has|sees?)\b/i,
  decision:
    /\b(?:decision|decid(?:ed|e|ing)|agreed|go ahead|(?:my|the) call|the plan|plan is|plan:|let'?s (?!see\b|wait and|hope|talk|keep (?:an eye|this|the chan)|take (?:a|this) (?:break|offline)|not forget|chat|meet|discuss)|we(?:'ll| will|'re going to| are going to) (?:roll|revert|fail|switch|disable|go|do|use|take|turn|pause|stop|rebuild|restore|keep|leave|stay)|go(?:ing)? with|proceed(?:ing)?|do it|we should (?:all )?(?:roll|revert|downgrade|fail ?over|switch|disable|stop|restore)|i say we|stay on|stick (?:with|to))\b/i,
  done: /\b(?:restarted|rebooted|reverted|rolled (?:back|out)|patched|killed|scaled|disabled|enabled|drained|failed (?:over|back)|switched|deleted|removed|cleared|flushed|purged|blocked|throttled|bumped|raised|increased|lowered|downgraded|upgraded|redeployed|deployed|merged|pushed|shipped|applied|restored|replaced|recreated|rebuilt|resynced|fixed|released|published|turned (?:off|on|down)|stopped|started|isolated|revoked|rotated|renewed|reissued|mounted|reloaded|stopped|paused|resumed|rerouted|took \w+ out|up for review)\b/i,
  doing:
    /(?:^|\b(?:i'?m|we'?re|am|now|trying|going to|gonna|about to|started|starting|will)\s+(?:to\s+)?(?:now\s+)?)(?:roll(?:ing)? (?:back|out)|revert(?:ing)?|restart(?:ing)?|reboot(?:ing)?|kill(?:ing)?|patch(?:ing)?|scal(?:e|ing)|fail(?:ing)? over|disabl(?:e|ing)|downgrad(?:e|ing)|deploy(?:ing)?|switch(?:ing)?|drain(?:ing)?|restor(?:e|ing)|rebuild(?:ing)?|apply(?:ing)?|rais(?:e|ing)|bump(?:ing)?|block(?:ing)?|flush(?:ing)?|clear(?:ing)?|delet(?:e|ing)|mov(?:e|ing)|stopp?(?:ing)?|turn(?:ing)? (?:off|on)|renew(?:ing)?|promot(?:e|ing)|replac(?:e|ing)|upgrad(?:e|ing)|reindex(?:ing)?|replay(?:ing)?)\b/i,
  comms:
    /\b(?:status ?page|statuspage|tweet(?:ed|ing)?|(?:posted|posting|sent|published|put|updated|writing) (?:\w+ ){0,3}(?:status|update|banner|notice|announcement|statement|incident page|mailing list|blog|twitter|forum)|announce(?:d|ment|ing)|notified|(?:told|informed|e-?mailed|emailing|contacted|called) (?:the |all |our )?(?:customers?|users?|pools?|miners?|clients?|everyone|support|partners?|merchants?|exchanges?|vendor|provider)|public (?:update|statement))\b/i,
  escalation:
    /\b(?:pag(?:e|ed|ing) (?!load|views?|s?\b \d)(?:\w+)|escalat\w+|pull(?:ed|ing)? (?:in|\w+ in)|loop(?:ed|ing)? in|bring(?:ing)? in|need (?:help|hands|somebody|someone (?:from|with|who))|(?:could|can) (?:ops|someone|anyone|somebody|you)\b[^.?]*\b(?:look|help)|wake|woke|called (?:in )?the|opened a (?:ticket|case) with|support (?:case|ticket) (?:opened|with))\b/i,
  hedge:
    /\b(?:maybe|perhaps|probably|guess(?:ing)?|i think|i thought|might|could be|not sure|no idea|i doubt|doubt|suspect|wonder|afaik|iirc|dunno|(?:i|we) don'?t know|possibly|would be my|in theory|smells)\b/i,
  offTopic:
    /\b(?:lunch|breakfast|dinner|tea|coffee|kids?|school|bed|sleep|pizza|sushi|food|beer|dog|cat|weekend|football|holiday|vacation|train|bus|gym|wifi|wi-fi|my (?:mic|ide|laptop|machine|vpn|mouse|keyboard|screen|headset|phone|editor|browser|calendar|commute|dashboard|login|shell|terminal|own)|of mine|brb|bbl|afk|back in a (?:bit|few|sec|min)|wrong (?:place|channel|window|room|chat)|good (?:morning|night|evening)|gm|happy (?:friday|birthday)|all[- ]hands|standup|stand-up|retro|poll|reminder)\b/i,
  logistics:
    /\b(?:screenshots?|zoom|meet link|bridge|hangout|doc for notes|notes? (?:doc|are)|google doc|scribe|(?:review|notes?|shared) document|draft of|pinned message|just joined|joined|please read|this channel|in (?:a )?thread|feel free|who'?s (?:here|on)|reading up|catch(?:ing)? up|volunteers?|take over from|what (?:he|she|we|i|they) can (?:tell|say)|do we have (?:someone|anyone)|mute|unmute|can you hear)\b/i,
  elsewhere:
    /\b(?:staging|stage env|test (?:tenant|env\w*|system|cluster|account)|sandbox|dev (?:box|env\w*)|debug build|my (?:laptop|machine|box|local)|on localhost|(?:other|another|different|separate|unrelated|previous) (?:incident|issue|problem|outage|ticket)|unrelated|prod (?:is )?untouched|not prod)\b/i,
  nothingFound:
    /\b(?:nothing (?:special|unusual|new|odd|weird|there|to see|interesting|stands out|in)|(?:looks?|is|are|seems?|ratio|rates?|all|numbers?) (?:normal|fine|ok|okay|flat|clean|healthy|unchanged|unaffected|usual)|that is normal|no (?:difference|overlap|change|anomal\w+|correlation|errors? (?:there|here|in))|(?:can'?t|don'?t) see any|as usual|the usual|same as (?:every|always|usual|last)|same picture|unaffected|untouched|not (?:us|them|it|ours|related|that)|passed)\b/i,
  memory:
    /\b(?:(?:last|previous) (?:week|month|year|quarter|time)|(?:years?|months?|weeks) ago|(?:in|back in|since) (?:january|february|march|april|may|june|july|august|september|october|november|december)\b|back then|old (?:ticket|thread|incident|postmortem)|something (?:like this|similar|remotely)|used to|remember when|compared (?:to|today|with)|once had|we had (?:this|that|something))\b/i,
  thanks:
    /^(?:thanks?|thank you|thx|ty|cheers|nice|great|cool|awesome|lol|haha|ok|okay|k|kk|hmm+|sec|same|\+1|yes|no|yep|nope|sure|good job|well done|great work|np)\b[\s!.,:)-]*(?:\w+[\s!.]*){0,3}$/i,
  agreement:
    /^(?:\+1|yes|yep|yeah|yup|exactly|agreed|confirmed|correct|right|indeed|same (?:here|for)|that'?s it|bingo|i (?:see|can confirm|agree)|can confirm|makes sense|ack)\b/i,
  contradiction:
    /\b(?:^no\b|nope|not (?:it|them|that|the|us|related)|ruled? out|isn'?t it|wasn'?t|is(?:n'?t| not) the|red herring|flat at|unrelated|false alarm|looks? (?:fine|normal|ok|healthy|clean)|but no$|is innocent|not our|we can exclude|excluded)\b/i,
  hypothesis:
    /\b(?:could (?:it |this |that )?be|might be|maybe|perhaps|i (?:think|suspect|bet|guess|thought)|probably|is it|suspect|looks like|hypothesis|theory|possibly)\b/i,
} as const satisfies Record<string, RegExp>;

/** What a bot posts, by what it tells. */
export const POSTS = {
  firing:
    /\[?(?:firing|alert|alarm|critical|problem|triggered|down|warning|page|sev-?\d|p[0-2])\b[:\]\s]|\b(?:is down|went down|failing|threshold|alert(?:ing)? )/i,
  cleared:
    /\[?(?:resolved|recovered|ok|recovery|cleared|up)\b(?::|\]|$)|\b(?:is up again|back to ok|has recovered|is resolved|returned to normal)\b/i,
  deploy:
    /\b(?:deploy(?:ed|ing|s|ment)?|sync(?:ed|hronized)?|rollout|roll(?:ed|ing)? ?(?:back|out)|rollback|release[sd]?|promoted|shipped|reverted?|scap|helm|argo|terraform apply|applied|config (?:change|push)|feature flag|flag|upgraded|migration)\b/i,
  outcome:
    /\b(?:succeeded|success(?:ful)?|fail(?:ed|ure)|started|finished|completed?|done|in progress|by \w+|to v?\d|synchronized|duration|deployed|rolled back|reverted|enabled|disabled|set to|aborted|prod(?:uction)?)\b/i,
  undo: /\b(?:roll(?:ed|ing)? ?back|rollback|revert(?:ed|s|ing)?|undo|restored?|failover|failed over)\b/i,
  chore:
    /\b(?:renovate|dependabot|opened (?:pr|pull|a)|pull request|pr #?\d|build #?\d+|pipeline #?\d+|tests? passed|poll|reminder|stand-?up|birthday|lunch|new commits?|commits? to|commented|reviewed|welcome|joined|left the|all hands|survey|weather|quote of|coverage|lint)\b/i,
  tracker:
    /\b(?:task|ticket|issue|bug|case|jira|incident)\b[^.\n]{0,30}\b(?:created|opened|filed|reported)\b|\b(?:created|opened|filed)\b[^.\n]{0,20}\b(?:task|ticket|issue|case)\b/i,
  nonProd: /\b(?:staging|stage|dev|test|qa|sandbox|preview|canary-test)\b/i,
} as const satisfies Record<string, RegExp>;
