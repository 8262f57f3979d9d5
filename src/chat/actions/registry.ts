import { acknowledgeAll } from './acknowledge-all.ts';
import { acknowledge } from './acknowledge.ts';
import { addTask } from './add-task.ts';
import { askCover } from './ask-cover.ts';
import { assignRole } from './assign-role.ts';
import { declareConfirmed } from './declare-confirmed.ts';
import { decline } from './decline.ts';
import type { ActionDefinition } from './define.ts';
import { dismiss } from './dismiss.ts';
import { draftPostmortem } from './draft-postmortem.ts';
import { escalateNow } from './escalate-now.ts';
import { openRoom } from './open-room.ts';
import { postUpdate } from './post-update.ts';
import { resolve } from './resolve.ts';
import { runCommand } from './run-command.ts';
import { takeCommand } from './take-command.ts';

/** Every button, by the name that messages carry. */
export const ACTIONS: ReadonlyMap<string, ActionDefinition> = new Map(
  [
    acknowledge,
    acknowledgeAll,
    addTask,
    askCover,
    assignRole,
    declareConfirmed,
    decline,
    dismiss,
    draftPostmortem,
    escalateNow,
    openRoom,
    postUpdate,
    resolve,
    runCommand,
    takeCommand,
  ].map((action) => [action.name, action]),
);
