import { MINUTE } from '../clockface.ts';
import type { ForeignPolicy, ForeignStep, ForeignTarget } from '../foreign.ts';
import type { Notes } from '../notes.ts';
import type { OpsgenieExport } from './gather.ts';
import type { Stand } from './schedules.ts';
import type { Escalation, EscalationRule, OpsgenieTeam, Recipient } from './shapes.ts';

interface Context {
  readonly notes: Notes;
  readonly stand: Stand;
  readonly teams: readonly OpsgenieTeam[];
}

const USUAL_WAIT = 5 * MINUTE;

/** Rules, whose delays count from the alert, as steps that follow each other. */
export function translateEscalation(escalation: Escalation, context: Context): ForeignPolicy {
  const { notes } = context;
  const about = `escalation ${escalation.name}`;
  const delays = [...new Set(escalation.rules.map((rule) => delayOf(rule)))].sort((a, b) => a - b);
  const { count = 0, waitInterval } = escalation.repeat ?? {};
  const pause = waitInterval ? waitInterval * MINUTE : USUAL_WAIT;
  if ((delays[0] ?? 0) > 0) {
    notes.add(
      'changed',
      about,
      `its first rule waits ${(delays[0] ?? 0) / MINUTE} minutes after the alert; Firebell pages at once, and the distances between the rules stay.`,
    );
  }
  if (!waitInterval)
    notes.add('chosen', about, 'how long its last rule waits before the last resort is paged: 5 minutes.');
  if (escalation.repeat?.closeAlertAfterAll)
    notes.add(
      'dropped',
      about,
      'closeAlertAfterAll: nothing closes unanswered here, the last resort is paged.',
    );
  if (escalation.repeat?.resetRecipientStates)
    notes.add('dropped', about, 'resetRecipientStates: an acknowledgement stops all rounds here.');
  const steps = delays.flatMap((delay, i): readonly ForeignStep[] => {
    const rules = escalation.rules.filter((rule) => delayOf(rule) === delay);
    return stepsOf(rules, { ...context, about, ackWithinMs: (delays[i + 1] ?? delay + pause) - delay });
  });
  return { id: escalation.id, name: escalation.name, steps, rounds: (count ?? 0) + 1 };
}

const UNITS: Readonly<Record<string, number>> = {
  second: MINUTE / 60,
  minute: MINUTE,
  hour: 60 * MINUTE,
  day: 24 * 60 * MINUTE,
};

/** An amount of time of Opsgenie's, in ms; minutes unless it says otherwise. */
export function amountMs(amount: { readonly timeAmount: number; readonly timeUnit: string | null }): number {
  return amount.timeAmount * (UNITS[(amount.timeUnit ?? 'minute').toLowerCase().replace(/s$/, '')] ?? MINUTE);
}

function delayOf({ delay }: EscalationRule): number {
  if (delay === null || delay === undefined) return 0;
  return typeof delay === 'number' ? delay * MINUTE : amountMs(delay);
}

interface StepContext extends Context {
  readonly about: string;
  readonly ackWithinMs: number;
}

// Rules of one moment are one step; a random member of a team is a step of its own, in turn instead.
function stepsOf(rules: readonly EscalationRule[], context: StepContext): readonly ForeignStep[] {
  const { notes, about, ackWithinMs } = context;
  const random = rules.filter(({ notifyType }) => notifyType === 'random');
  const others = rules.filter((rule) => !random.includes(rule));
  const everyone = others.flatMap((rule) => targetsOf(rule, context));
  if (random.length > 0) {
    const how = others.length > 0 ? 'everybody of the team is paged' : 'its members take turns';
    notes.add('changed', about, `pages a random member of a team; here ${how}.`);
  }
  const drawn = random.flatMap(({ recipient }) => context.stand(recipient, about).map(person));
  const step = { ackWithinMs, within: null };
  if (others.length === 0) return [{ ...step, targets: drawn, strategy: 'round_robin' }];
  return [{ ...step, targets: [...everyone, ...drawn], strategy: 'everyone' }];
}

function person(id: string): ForeignTarget {
  return { kind: 'person', id };
}

function targetsOf(
  { recipient, notifyType, condition }: EscalationRule,
  context: StepContext,
): readonly ForeignTarget[] {
  const { notes, about, teams, stand } = context;
  if (condition === 'if-not-closed') {
    notes.add(
      'changed',
      about,
      'has rules that page although somebody acknowledged (if-not-closed); here an acknowledgement stops the escalation.',
    );
  }
  const id = recipient.id ?? null;
  if (recipient.type === 'team') {
    const team = teams.find((one) => one.id === id || one.name === recipient.name);
    if (notifyType !== 'admins' && notifyType !== 'users')
      return team ? [{ kind: 'team', id: team.id }] : missing(recipient, context);
    const role = notifyType === 'admins' ? 'admin' : 'user';
    notes.add(
      'changed',
      about,
      `pages the ${notifyType} of the team ${recipient.name ?? id ?? ''}: they are named one by one here.`,
    );
    return (team?.members ?? [])
      .filter((member) => member.role === role)
      .flatMap(({ user }) => (user.id ? [person(user.id)] : []));
  }
  if (recipient.type === 'user') return stand(recipient, about).map(person);
  if (recipient.type !== 'schedule' || id === null) return missing(recipient, context);
  if (notifyType === 'next' || notifyType === 'previous') {
    notes.add(
      'changed',
      about,
      `pages the ${notifyType} one of the schedule ${recipient.name ?? id}; here it is whoever is on call. A second schedule with its people moved by one turn does the same.`,
    );
  }
  return [{ kind: 'schedule', id }];
}

function missing({ type, id, name }: Recipient, { notes, about }: StepContext): readonly ForeignTarget[] {
  notes.add(
    'dropped',
    about,
    `pages the ${type} ${name ?? id ?? 'without a name'}, which is not in the export or has no counterpart.`,
  );
  return [];
}

/** Team id -> the policy that its routing rules lead to by default; a schedule that is routed to gets a policy of its own. */
export function policiesOfTeams(
  { teams, routingRules, schedules }: OpsgenieExport,
  rulesOf: (team: OpsgenieTeam) => OpsgenieExport['routingRules'],
  notes: Notes,
): { readonly byTeam: ReadonlyMap<string, string>; readonly made: readonly ForeignPolicy[] } {
  const byTeam = new Map<string, string>();
  const made: ForeignPolicy[] = [];
  for (const team of teams) {
    const own = rulesOf(team);
    const chosen = own.find(({ isDefault }) => isDefault) ?? own.at(-1);
    const others = own.filter((rule) => rule !== chosen);
    if (others.length > 0) {
      const names = others.map(({ name }) => name ?? 'one without a name').join(', ');
      notes.add(
        'dropped',
        `team ${team.name}`,
        `its routing rules ${names} choose by the alert or the time of day; write them as routes. The default one is carried.`,
      );
    }
    const notify = chosen?.notify;
    if (notify?.type === 'escalation' && notify.id) byTeam.set(team.id, notify.id);
    if (notify?.type === 'schedule' && notify.id) {
      const name = schedules.find(({ id }) => id === notify.id)?.name ?? notify.name ?? notify.id;
      const id = `schedule:${notify.id}`;
      byTeam.set(team.id, id);
      const step = {
        targets: [{ kind: 'schedule', id: notify.id }],
        ackWithinMs: USUAL_WAIT,
        strategy: 'everyone',
        within: null,
      } as const;
      if (!made.some((policy) => policy.id === id)) made.push({ id, name, steps: [step], rounds: 1 });
    }
  }
  if (routingRules.length === 0 && teams.length > 0) {
    notes.add(
      'chosen',
      'services',
      'the export has no routing rules of the teams, so their services have the default policy: fetch GET /v2/teams/{id}/routing-rules.',
    );
  }
  return { byTeam, made };
}
