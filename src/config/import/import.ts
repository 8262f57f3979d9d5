import { completeForeign, type Complete } from './complete.ts';
import { nameForeign, toDocument } from './document.ts';
import type { Raw } from './document-schedule.ts';
import type { ExportDocument } from './export-items.ts';
import { cleanLine } from '../../lib/clean-text.ts';
import { Notes, type Note } from './notes.ts';
import { compareTimelines } from './rendered.ts';
import { toYaml } from './to-yaml.ts';
import { unfinishedLists } from './unfinished-lists.ts';
import type { Vendor } from './vendor.ts';

/** An export as a configuration. `yaml` is null when there is nobody in it to page. */
export interface Imported {
  readonly document: Raw | null;
  readonly yaml: string | null;
  readonly notes: readonly Note[];
}

/** Translates an export into the text of firebell.yaml and a note for everything that is not as it was. Never throws. */
export function importExport(vendor: Vendor, documents: readonly ExportDocument[], now: Date): Imported {
  const notes = new Notes();
  for (const { name, from } of unfinishedLists(documents)) {
    const why = `${from} is not the last page of the list, and the export has no further one`;
    notes.add(
      'dropped',
      name,
      `there are more of them in the old tool: ${why}. Fetch the others too, and import again.`,
    );
  }
  const complete = completeForeign(vendor.translate({ documents, notes, now }), notes);
  if (!complete) return { document: null, yaml: null, notes: notes.all() };
  noteCarried(complete, notes);
  noteTimelines(complete, notes);
  const document = toDocument(complete, nameForeign(complete), notes);
  return { document, yaml: toYaml(document, headerOf(vendor)), notes: notes.all() };
}

function headerOf({ name, title }: Vendor): readonly string[] {
  return [
    `Imported from ${title} by \`firebell import ${name}\`. The report of the import says what is not as it was.`,
    'Look at it with `firebell check` and `firebell oncall`, compare it with the old log by `firebell shadow`.',
  ];
}

function noteCarried(
  { people, teams, schedules, policies, services, webhooks }: Complete,
  notes: Notes,
): void {
  const layers = schedules.reduce((sum, { schedule }) => sum + schedule.layers.length, 0);
  const overrides = schedules.reduce((sum, { schedule }) => sum + (schedule.overrides?.length ?? 0), 0);
  const steps = policies.reduce((sum, policy) => sum + policy.steps.length, 0);
  const counts = [
    [people.length, 'people', ''],
    [teams.length, 'teams', ''],
    [schedules.length, 'schedules', ` with ${layers} layers and ${overrides} overrides`],
    [policies.length, 'escalation policies', ` with ${steps} steps`],
    [services.length, 'services', ''],
    [webhooks.length, 'webhooks', ''],
  ] as const;
  for (const [count, what, more] of counts) {
    if (count > 0) notes.add('carried', what, `${count}${more}.`);
  }
}

function noteTimelines({ schedules, people }: Complete, notes: Notes): void {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const show = (ids: readonly string[]) =>
    ids.map((id) => cleanLine(names.get(id) ?? id, 60)).join(' and ') || 'nobody';
  for (const { name, schedule, rendered } of schedules) {
    const about = `schedule ${name}`;
    if (rendered === null) {
      notes.add(
        'chosen',
        about,
        'the export has no timeline of it to compare with. See docs/moving-to-firebell.md for how to get one.',
      );
      continue;
    }
    const { differences, agreement } = compareTimelines(schedule, rendered);
    const span = `${minute(rendered.from)} to ${minute(rendered.to)}`;
    if (differences.length === 0)
      notes.add('agrees', about, `the same people as the old tool's own timeline, ${span}.`);
    else
      notes.add(
        'differs',
        about,
        `${percent(agreement)} of the time from ${span} is the same, ${differences.length} stretches differ.`,
      );
    for (const { start, end, theirs, ours } of differences) {
      notes.add(
        'differs',
        about,
        `${minute(start)} to ${minute(end)}: ${show(theirs)} there, ${show(ours)} here.`,
      );
    }
  }
}

function minute(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

// Never "100 %" while something differs.
function percent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}
