import type { Effect } from '../effect.ts';
import type { Line } from '../text.ts';
import type { RosterEvent } from './events.ts';
import type { CoverRequest } from './roster.ts';
import { periodsLine } from './tell.ts';

/** A request and what just happened to it. */
export interface RequestNews {
  readonly event: RosterEvent;
  readonly request: CoverRequest;
  readonly scheduleName: string;
}

type Told = Extract<Effect, { type: 'chat.tell_person' }>;

/** Whom the news of a request are told: both sides, each once. */
export function tellOfRequest(news: RequestNews): readonly Effect[] {
  const { event, request } = news;
  switch (event.type) {
    case 'roster.asked':
      return request.asked.map(({ personId }) => telling(news, personId, asking(news), answers(request)));
    case 'roster.request_ended':
      return [...toAsker(news, event.why, event.by), ...toOthers(news, event.why, event.by)];
    case 'roster.declined':
    case 'roster.override_made':
    case 'roster.override_ended':
      return [];
  }
}

function asking({ request, scheduleName }: RequestNews): Line {
  const { by, period, theirs, note } = request;
  const when = periodsLine([period]);
  const said: Line = note === null ? [] : [` Why: ${note}`];
  if (theirs === null)
    return [
      { person: by },
      ` asks whether you can be on call for ${scheduleName} instead: `,
      ...when,
      '.',
      ...said,
    ];
  return [
    { person: by },
    ` would like to swap shifts on ${scheduleName}: you take `,
    ...when,
    ', they take ',
    ...periodsLine([theirs]),
    '.',
    ...said,
  ];
}

function answers({ id, theirs }: CoverRequest): Told['buttons'] {
  return [
    { label: theirs === null ? 'Take it' : 'Swap', command: `cover take ${id}` },
    { label: 'No', command: `cover no ${id}` },
  ];
}

type Why = NonNullable<CoverRequest['end']>['why'];

function toAsker(news: RequestNews, why: Why, by: string | null): readonly Effect[] {
  const { request, scheduleName } = news;
  if (why === 'withdrawn' && by === request.by) return [];
  const what: Line = [`your shift on ${scheduleName}, `, ...periodsLine([request.period])];
  return [telling(news, request.by, askerLine(why, { by, what, request }), askerOffers(why))];
}

function askerLine(
  why: Why,
  { by, what, request }: { readonly by: string | null; readonly what: Line; readonly request: CoverRequest },
): Line {
  const who = by === null ? 'Somebody' : { person: by };
  switch (why) {
    case 'taken':
      return request.theirs === null
        ? [who, ' takes ', ...what, '. You are not on call then any more.']
        : [who, ' swaps: they take ', ...what, '; you take ', ...periodsLine([request.theirs]), '.'];
    case 'declined':
      return ['Nobody who was asked can take ', ...what, '. You stay on call then.'];
    case 'expired':
      return ['Nobody has taken ', ...what, '. You are on call then.'];
    case 'withdrawn':
      return [who, ' took back your request about ', ...what, '. You stay on call then.'];
  }
}

function askerOffers(why: Why): Told['buttons'] {
  return why === 'taken' ? [] : [{ label: 'Show my shifts', command: 'shifts' }];
}

/** Whoever was still asked reads that there is nothing to do any more. */
function toOthers(news: RequestNews, why: Why, by: string | null): readonly Effect[] {
  const { request, scheduleName } = news;
  const what: Line = ["'s shift on ", scheduleName, ', ', ...periodsLine([request.period]), ': '];
  const waiting = request.asked.filter(({ personId, answer }) => answer === 'waiting' && personId !== by);
  const end: Line =
    why === 'taken' && by !== null ? [{ person: by }, ' takes it.'] : ['you are not asked any more.'];
  return waiting.map(({ personId }) =>
    telling(news, personId, [{ person: request.by }, ...what, ...end, ' Nothing is left for you to do.']),
  );
}

function telling(
  { event, request }: RequestNews,
  personId: string,
  text: Line,
  buttons: Told['buttons'] = [],
): Effect {
  return {
    type: 'chat.tell_person',
    personId,
    key: `${event.type}:${request.id}:${personId}`,
    text,
    buttons,
  };
}
