import { ack } from './ack.ts';
import { makeBook } from './book.ts';
import type { CommandBook } from './book.ts';
import { bridge } from './bridge.ts';
import { calendar } from './calendar.ts';
import { away } from './away.ts';
import { cancel } from './cancel.ts';
import { changes } from './changes.ts';
import { cover } from './cover.ts';
import { decline } from './decline.ts';
import { contacts } from './contacts.ts';
import { channel } from './channel.ts';
import { confirm } from './confirm.ts';
import { coverage } from './coverage.ts';
import type { CommandDefinition } from './define.ts';
import { escalate } from './escalate.ts';
import { handoff } from './handoff.ts';
import { handover } from './handover.ts';
import { helpAbout } from './help.ts';
import { invite } from './invite.ts';
import { link } from './link.ts';
import { holidays } from './holidays.ts';
import { list } from './list.ts';
import { newIncident } from './new.ts';
import { note } from './note.ts';
import { oncall } from './oncall.ts';
import { override } from './override.ts';
import { overrides } from './overrides.ts';
import { pages } from './pages.ts';
import { postmortem } from './postmortem.ts';
import { rename } from './rename.ts';
import { reopen } from './reopen.ts';
import { resolve } from './resolve.ts';
import { role } from './role.ts';
import { severity } from './severity.ts';
import { shifts } from './shifts.ts';
import { silence } from './silence.ts';
import { snooze } from './snooze.ts';
import { status } from './status.ts';
import { summary } from './summary.ts';
import { swap } from './swap.ts';
import { task } from './task.ts';
import { tasks } from './tasks.ts';
import { test } from './test.ts';
import { timeline } from './timeline.ts';
import { unack } from './unack.ts';
import { unlink } from './unlink.ts';
import { update } from './update.ts';
import { verify } from './verify.ts';
import { whoami } from './whoami.ts';
import { whopages } from './whopages.ts';

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly CommandDefinition[] = [
  newIncident,
  ack,
  unack,
  decline,
  escalate,
  snooze,
  status,
  update,
  severity,
  rename,
  summary,
  role,
  handoff,
  invite,
  channel,
  bridge,
  note,
  timeline,
  pages,
  task,
  tasks,
  resolve,
  reopen,
  cancel,
  postmortem,
  list,
  silence,
  oncall,
  calendar,
  override,
  overrides,
  changes,
  whopages,
  coverage,
  cover,
  swap,
  away,
  holidays,
  shifts,
  confirm,
  handover,
  whoami,
  link,
  unlink,
  contacts,
  verify,
  test,
  helpAbout(() => BOOK),
];

/** The commands by verb and synonym. */
export const BOOK: CommandBook = makeBook(COMMANDS);
