import type { Refusal } from '../../domain/decision.ts';
import type { Directory, NamedSchedule } from '../../domain/directory.ts';

/** The schedule that is meant: the one named, or the only one there is. */
export function scheduleFor(
  id: string | null,
  { directory }: { readonly directory: Directory },
): { readonly schedule: NamedSchedule } | { readonly refusal: Refusal } {
  const all = [...directory.schedules.values()];
  const found = id === null && all.length === 1 ? all[0] : directory.schedules.get(id ?? '');
  if (found !== undefined) return { schedule: found };
  if (all.length === 0)
    return {
      refusal: {
        why: 'No schedule is configured.',
        hint: 'An admin adds one under `schedules` in firebell.yaml.',
      },
    };
  return {
    refusal: {
      why: 'Which schedule?',
      hint: `There ${all.length === 1 ? 'is' : 'are'}: ${all.map((one) => `\`${one.id}\``).join(', ')}.`,
    },
  };
}
