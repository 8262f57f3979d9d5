import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sharedFile, WITHOUT_DATA } from '../../shared-data.ts';
import { problemsOfBlocks } from './check.ts';
import { problemsOfView } from './check-view.ts';

const Fixture = z.object({
  name: z.string(),
  kind: z.enum(['blocks', 'view']),
  valid: z.boolean(),
  data: z.unknown(),
});

const file = sharedFile('slack', 'blockkit-fixtures.json');
const fixtures = file === null ? [] : z.array(Fixture).parse(JSON.parse(readFileSync(file, 'utf8')));

const text = (type: string, length: number) => ({ type, text: 'x'.repeat(length) });
const button = (id: string) => ({ type: 'button', action_id: id, text: text('plain_text', 3) });

describe('blocks as Slack judges them', () => {
  it.skipIf(fixtures.length === 0)(
    fixtures.length === 0 ? WITHOUT_DATA : 'takes the good and refuses the bad examples',
    () => {
      for (const { name, kind, valid, data } of fixtures) {
        const type = (data as { readonly type?: string }).type === 'home' ? 'home' : 'modal';
        const problems = kind === 'blocks' ? problemsOfBlocks(data) : problemsOfView(data, type);
        expect(problems.length === 0, `${name}: ${problems.join('; ')}`).toBe(valid);
      }
    },
  );

  it.each([
    ['a section of 3000 characters', [{ type: 'section', text: text('mrkdwn', 3_000) }], null],
    [
      'one of 3001',
      [{ type: 'section', text: text('mrkdwn', 3_001) }],
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'a header in mrkdwn',
      [{ type: 'header', text: text('mrkdwn', 3) }],
      'must be one of plain_text [json-pointer:/blocks/0/text/type]',
    ],
    [
      'a section that says nothing',
      [{ type: 'section' }],
      'missing required field: text or fields [json-pointer:/blocks/0]',
    ],
    [
      'a property that Slack does not know',
      [{ type: 'divider', colour: 'red' }],
      'unsupported property: colour [json-pointer:/blocks/0]',
    ],
    [
      'an input among buttons',
      [{ type: 'actions', elements: [{ type: 'plain_text_input', action_id: 'x' }] }],
      'unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]',
    ],
    [
      'two buttons of one name',
      [{ type: 'actions', elements: [button('ack'), button('ack')] }],
      '`action_id` "ack" already exists for another element [json-pointer:/blocks/0]',
    ],
    [
      'two blocks of one name',
      [
        { type: 'divider', block_id: 'one' },
        { type: 'divider', block_id: 'one' },
      ],
      '`block_id` one already exists [json-pointer:/blocks]',
    ],
    [
      '51 blocks',
      Array(51).fill({ type: 'divider' }),
      'no more than 50 items allowed [json-pointer:/blocks]',
    ],
  ])('%s', (_name, blocks, problem) => {
    expect(problemsOfBlocks(blocks)[0] ?? null).toBe(problem);
  });

  it('wants a way to send a form that has something to fill in', () => {
    const input = {
      type: 'input',
      label: text('plain_text', 5),
      element: { type: 'plain_text_input', action_id: 'value' },
    };
    const view = { type: 'modal', title: text('plain_text', 5), blocks: [input] };

    expect(problemsOfView(view, 'modal')).toEqual(['missing required field: submit [json-pointer:/view]']);
    expect(problemsOfView({ ...view, submit: text('plain_text', 25) }, 'modal')).toEqual([
      'must be less than 25 characters [json-pointer:/view/submit/text]',
    ]);
    expect(problemsOfView({ ...view, submit: text('plain_text', 24) }, 'modal')).toEqual([]);
  });
});
