import { z } from 'zod';

const People = z.array(z.string()).readonly();

/** A stretch `[start, end)` throughout which one configuration has other people on call than the other; ids, sorted, empty for nobody. */
export const Difference = z
  .object({ start: z.coerce.date(), end: z.coerce.date(), before: People, after: People })
  .readonly();
export type Difference = z.infer<typeof Difference>;

/** Differences one after the other that follow one pattern on the wall clock; a single one is a run of its own. */
export const Run = z
  .object({
    /** `same`: the first of them come again and again. `beat`: others every time, at the same distance or a multiple of it. `once`: no pattern. */
    pattern: z.enum(['same', 'beat', 'once']),
    /** What repeats itself, or for `beat` how it begins. */
    first: z.array(Difference).min(1).readonly(),
    /** The differences in the run, those of `first` included. */
    count: z.int(),
    /** The distance on the wall clock, in ms: from one round to the next, or for `beat` from one difference to the next. Null for `once`. */
    everyMs: z.number().nullable(),
    end: z.coerce.date(),
    /** It goes on to the end of what was compared, and so probably for ever. */
    isOpen: z.boolean(),
  })
  .readonly();
export type Run = z.infer<typeof Run>;

const Turns = z.array(z.union([z.string(), People])).readonly();

/** A way to write a changed list of people so that whoever is on call stays: the old list goes back, and `changed` holds from `at` on. */
export const RosterAdvice = z
  .object({ layer: z.int(), participants: Turns, at: z.string(), changed: Turns })
  .readonly();
export type RosterAdvice = z.infer<typeof RosterAdvice>;

/** What becomes of one schedule. */
export const ScheduleChange = z
  .object({
    id: z.string(),
    name: z.string(),
    zone: z.string(),
    kind: z.enum(['changed', 'added', 'removed']),
    /** Null when the same people are on call at this moment. */
    now: z.object({ before: People, after: People }).readonly().nullable(),
    /** Of an added schedule, only the times in which nobody is on call. */
    runs: z.array(Run).readonly(),
    /** How many times with nobody on call there are where somebody was, or that come with an added schedule. */
    newGaps: z.int(),
    /** When a list of people was edited in place and the rotation counted anew for it. */
    advice: z.array(RosterAdvice).readonly(),
  })
  .readonly();
export type ScheduleChange = z.infer<typeof ScheduleChange>;

/** One thing about a subject that is otherwise than before; null where it was not, or is not any more. */
export const Detail = z
  .object({ what: z.string(), before: z.string().nullable(), after: z.string().nullable() })
  .readonly();
export type Detail = z.infer<typeof Detail>;

/** What becomes of a person, a team, a service, a policy or a setting. */
export const Fact = z
  .object({
    subject: z.string(),
    kind: z.enum(['changed', 'added', 'removed']),
    details: z.array(Detail).readonly(),
  })
  .readonly();
export type Fact = z.infer<typeof Fact>;

/** Somebody whom the new configuration does not know, and where their name still stands. */
export const StillNamed = z.object({ person: z.string(), where: z.string() }).readonly();
export type StillNamed = z.infer<typeof StillNamed>;

/** What another configuration changes, as data that survives JSON. */
export const Comparison = z
  .object({
    now: z.coerce.date(),
    from: z.coerce.date(),
    to: z.coerce.date(),
    schedules: z.array(ScheduleChange).readonly(),
    facts: z.array(Fact).readonly(),
    stillNamed: z.array(StillNamed).readonly(),
    /** Ids of people to what they are called. */
    names: z.record(z.string(), z.string()),
  })
  .readonly();
export type Comparison = z.infer<typeof Comparison>;
