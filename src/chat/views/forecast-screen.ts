import type { Forecast } from '../../domain/forecast/path.ts';
import { tellForecast } from '../../domain/forecast/tell.ts';
import type { Line } from '../../domain/text.ts';
import type { Block, Message } from '../message.ts';
import { context, text, tidy } from './blocks.ts';
import { plainLine } from './plain.ts';
import type { Reading } from './plain.ts';

/** The whole path of a page that nobody answers, with its times in the reader's zone; `aside` stands before what else should be known. */
export function forecastScreen(forecast: Forecast, reading: Reading, aside: readonly Line[] = []): Message {
  const { heading, asked, path, notes: others } = tellForecast(forecast, reading);
  const notes = [...aside, ...others];
  const lines = path.map(tidy);
  const quiet: Line = ['Nobody has been paged by this question.'];
  const blocks: readonly Block[] = [
    { kind: 'heading', text: heading },
    text(...tidy(asked)),
    { kind: 'list', items: lines },
    ...notes.map((line) => text(...tidy(line))),
    context(...quiet),
  ];
  return {
    blocks: [...blocks],
    tone: forecast.reachesSomebody ? 'calm' : 'danger',
    plain: [asked, ...lines, ...notes].map((line) => plainLine(line, reading)).join(' '),
    notify: [],
  };
}
