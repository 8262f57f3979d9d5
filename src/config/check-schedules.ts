import { fault, type Finding, type Path } from './problem.ts';
import type { ConfigFile } from './schema.ts';
import { NOBODY, NO_DAY, type Layer, type Override, type Schedule } from './schema/schedules.ts';

/** Rotations with nobody in them, and times that are the wrong way round. */
export function checkSchedules({ schedules }: Partial<ConfigFile>): readonly Finding[] {
  return Object.entries(schedules ?? {}).flatMap(([id, form]) => [
    ...checkPasted(['schedules', id], form),
    ...(form.layers ?? []).flatMap((layer, i) => checkLayer(['schedules', id, 'layers', i], layer)),
    ...(form.overrides ?? []).flatMap((override, i) =>
      checkOverride(['schedules', id, 'overrides', i], override),
    ),
  ]);
}

// What is written out here has been looked at by its schema.
function checkPasted(path: Path, { schedule }: Schedule): readonly Finding[] {
  return (schedule?.layers ?? []).flatMap(({ participants, restrictions = [] }, i) => {
    const at = [...path, 'schedule', 'layers', i];
    const shut = restrictions.findIndex((window) => window.type === 'daily' && window.days?.length === 0);
    return [
      ...(participants.some((slot) => slot.length > 0) ? [] : [fault([...at, 'participants'], NOBODY)]),
      ...(shut < 0 ? [] : [fault([...at, 'restrictions', shut, 'days'], NO_DAY)]),
    ];
  });
}

function checkLayer(
  path: Path,
  { active_from, active_until, roster_changes = [] }: Layer,
): readonly Finding[] {
  const early = roster_changes.findIndex(({ at }, i) => isBefore(at, roster_changes[i - 1]?.at));
  return [
    ...(isBefore(active_until, active_from)
      ? [
          fault(
            [...path, 'active_until'],
            'is before `active_from`, so the layer would never count. Swap the two, or drop one.',
          ),
        ]
      : []),
    ...(early > 0
      ? [
          fault(
            [...path, 'roster_changes', early, 'at'],
            'is earlier than the change above. Write them in the order of `at`.',
          ),
        ]
      : []),
  ];
}

function checkOverride(path: Path, { start, end }: Override): readonly Finding[] {
  return isBefore(start, end) ? [] : [fault([...path, 'end'], 'must be later than `start`.')];
}

function isBefore(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && Date.parse(a) < Date.parse(b);
}
