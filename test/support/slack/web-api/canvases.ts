import { refuse, refuseArguments } from '../refusal.ts';
import type { Canvas } from '../workspace/state.ts';
import { isJson } from '../workspace/view-values.ts';
import type { Call, Method } from './method.ts';
import { channelOf } from './method.ts';

const LARGEST = 1_048_576;
const OPERATIONS = [
  'insert_after',
  'insert_before',
  'insert_at_start',
  'insert_at_end',
  'replace',
  'delete',
  'rename',
];

function markdownIn(content: unknown): string {
  if (content === undefined) return '';
  if (!isJson(content) || content['type'] !== 'markdown' || typeof content['markdown'] !== 'string')
    refuseArguments('must be markdown [json-pointer:/document_content]');
  return content['markdown'].length > LARGEST ? refuse('canvas_creation_failed') : content['markdown'];
}

function make({ state, args }: Call, channel: string | null): Canvas {
  const canvas = {
    id: state.nextId('F'),
    title: args.text('title') ?? '',
    markdown: markdownIn(args.json('document_content')),
    channel,
  };
  state.canvases.set(canvas.id, canvas);
  state.changed();
  return canvas;
}

const ofChannel: Method = (call) => {
  const channel = channelOf(call, call.args.need('channel_id'));
  if (channel.canvas !== null) refuse('channel_canvas_already_exists');
  if (!channel.members.has(call.by)) refuse('channel_canvas_creation_failed');
  const canvas = make(call, channel.id);
  channel.canvas = canvas.id;
  call.state.changed();
  return { canvas_id: canvas.id };
};

const create: Method = (call) => {
  if (call.state.team.plan === 'free') refuse('free_teams_cannot_create_standalone_canvases');
  return { canvas_id: make(call, null).id };
};

function canvasOf({ state, args }: Call): Canvas {
  return state.canvases.get(args.need('canvas_id')) ?? refuse('canvas_not_found');
}

const edit: Method = (call) => {
  const canvas = canvasOf(call);
  const [change] = (call.args.json('changes') as readonly unknown[] | undefined) ?? [];
  if (!isJson(change) || !OPERATIONS.includes(String(change['operation']))) refuse('canvas_editing_failed');
  const text = markdownIn(change['document_content']);
  const before = canvas.markdown;
  switch (change['operation']) {
    case 'insert_at_start':
      canvas.markdown = `${text}\n${before}`;
      break;
    case 'insert_at_end':
      canvas.markdown = `${before}\n${text}`;
      break;
    case 'replace':
      canvas.markdown =
        change['section_id'] === undefined ? text : before.replace(sectionOf(canvas, change), text);
      break;
    case 'delete':
      canvas.markdown = before.replace(sectionOf(canvas, change), '');
      break;
    case 'rename':
      canvas.title = text;
      break;
    case 'insert_after':
      canvas.markdown = before.replace(sectionOf(canvas, change), (found) => `${found}\n${text}`);
      break;
    default:
      canvas.markdown = before.replace(sectionOf(canvas, change), (found) => `${text}\n${found}`);
  }
  if (canvas.markdown.length > LARGEST) refuse('canvas_too_large');
  call.state.changed();
  return {};
};

/** A section is a line; its id says which. */
function sectionOf({ markdown }: Canvas, { section_id }: { readonly section_id?: unknown }): string {
  const line = Number(/^temp:C:(\d+)$/.exec(String(section_id))?.[1] ?? NaN);
  return markdown.split('\n')[line] ?? refuse('canvas_editing_failed');
}

const lookup: Method = (call) => {
  const criteria = call.args.json('criteria');
  const wanted =
    isJson(criteria) && typeof criteria['contains_text'] === 'string' ? criteria['contains_text'] : '';
  const lines = canvasOf(call).markdown.split('\n');
  const found = lines.flatMap((line, i) => (line.includes(wanted) ? [{ id: `temp:C:${i}` }] : []));
  return { sections: found };
};

const remove: Method = (call) => {
  const canvas = canvasOf(call);
  call.state.canvases.delete(canvas.id);
  const channel = call.state.channels.get(canvas.channel ?? '');
  if (channel) channel.canvas = null;
  call.state.changed();
  return {};
};

const setAccess: Method = (call) => {
  canvasOf(call);
  return {};
};

/** Documents beside channels. */
export const CANVASES: Readonly<Record<string, Method>> = {
  'conversations.canvases.create': ofChannel,
  'canvases.create': create,
  'canvases.edit': edit,
  'canvases.sections.lookup': lookup,
  'canvases.delete': remove,
  'canvases.access.set': setAccess,
};
