import { WEEKDAYS } from '../../../domain/schedule/schedule.ts';
import { MINUTE } from '../clockface.ts';
import type { ForeignPolicy, ForeignStep, ForeignTarget } from '../foreign.ts';
import type { Notes } from '../notes.ts';
import type { ChainStep } from './shapes.ts';

type Strategy = ForeignStep['strategy'];
type Within = ForeignStep['within'];

/** Collects the steps of a chain, in which waiting is a step of its own, as steps that each wait. */
class Steps {
  readonly done: ForeignStep[] = [];
  rounds = 1;
  #targets: ForeignTarget[] = [];
  #strategy: Strategy = 'everyone';
  #within: Within = null;
  readonly #about: string;
  readonly #notes: Notes;

  constructor(about: string, notes: Notes) {
    this.#about = about;
    this.#notes = notes;
  }

  page(targets: readonly ForeignTarget[], strategy: Strategy): void {
    if (this.#targets.length > 0 && (strategy === 'round_robin' || this.#strategy === 'round_robin')) {
      this.#notes.add(
        'changed',
        this.#about,
        'pages people in turn and others right after; here there is a minute between them.',
      );
      this.wait(MINUTE);
    }
    this.#strategy = strategy;
    this.#targets.push(...targets);
  }

  wait(ms: number): void {
    if (this.#targets.length > 0) {
      this.done.push({
        targets: this.#targets,
        ackWithinMs: ms,
        strategy: this.#strategy,
        within: this.#within,
      });
      this.#targets = [];
      this.#strategy = 'everyone';
      return;
    }
    const last = this.done.pop();
    if (last) this.done.push({ ...last, ackWithinMs: last.ackWithinMs + ms });
    else
      this.#notes.add(
        'changed',
        this.#about,
        `waits ${ms / MINUTE} minutes before it pages anybody; Firebell pages at once.`,
      );
  }

  only(within: Within): void {
    if (this.#targets.length > 0) this.wait(MINUTE);
    this.#within = within;
    this.#notes.add(
      'changed',
      this.#about,
      'goes on only at certain hours, and waits for them; here steps outside of their hours are passed over.',
    );
  }

  end(): void {
    if (this.#targets.length === 0) return;
    this.#notes.add('chosen', this.#about, 'how long its last step waits before it goes on: 5 minutes.');
    this.wait(5 * MINUTE);
  }
}

/** A chain's steps, in their order, as a policy. */
export function translateChain(
  { id, name }: { readonly id: string; readonly name: string },
  steps: readonly ChainStep[],
  notes: Notes,
): ForeignPolicy {
  const about = `escalation chain ${name}`;
  const collected = new Steps(about, notes);
  const own = steps
    .filter(({ escalation_chain_id: chain }) => chain === id)
    .toSorted((a, b) => a.position - b.position);
  for (const step of own) take(step, collected, { about, notes });
  collected.end();
  return { id, name, steps: collected.done, rounds: collected.rounds };
}

function take(
  step: ChainStep,
  steps: Steps,
  { about, notes }: { readonly about: string; readonly notes: Notes },
): void {
  switch (step.type ?? '') {
    case 'wait':
      return steps.wait((step.duration ?? 60) * 1000);
    case 'notify_persons':
      return steps.page(step.persons_to_notify.map(person), 'everyone');
    case 'notify_person_next_each_time':
      return steps.page(step.persons_to_notify_next_each_time.map(person), 'round_robin');
    case 'notify_on_call_from_schedule':
      return steps.page(one('schedule', step.notify_on_call_from_schedule), 'everyone');
    case 'notify_team_members':
      return steps.page(one('team', step.team_to_notify), 'everyone');
    case 'trigger_webhook':
    case 'trigger_action':
      notes.add('changed', about, 'calls a webhook, which is sent Firebell’s own JSON and not a template’s.');
      return steps.page(one('webhook', step.action_to_trigger), 'everyone');
    case 'notify_if_time_from_to':
      return steps.only(hoursOf(step));
    case 'repeat_escalation':
      // Grafana OnCall repeats five times at most.
      steps.rounds = 6;
      return;
    default:
      notes.add(
        'dropped',
        about,
        `its step ${step.position + 1}, ${step.type ?? 'which is empty'}, has no counterpart.`,
      );
  }
}

function person(id: string): ForeignTarget {
  return { kind: 'person', id };
}

function one(kind: ForeignTarget['kind'], id: string | null | undefined): readonly ForeignTarget[] {
  return id ? [{ kind, id }] : [];
}

function hoursOf({ notify_if_time_from: from, notify_if_time_to: to }: ChainStep): Within {
  if (!from || !to) return null;
  return { days: [...WEEKDAYS], start: from.slice(0, 5), end: to.slice(0, 5), zone: 'UTC' };
}
