import type { Json } from '../workspace/state.ts';
import { inputsOf, isJson } from '../workspace/view-values.ts';
import { checkBySchema } from './schema.ts';
import { BLOCKS, ELEMENTS } from './rules.ts';
import type { Rule, Shape } from './rules.ts';

const MOST_IN_A_MESSAGE = 50;

/** What Slack has against these blocks of a message, in its words; nothing when it takes them. */
export function problemsOfBlocks(blocks: unknown, most: number = MOST_IN_A_MESSAGE): readonly string[] {
  if (!Array.isArray(blocks)) return ['must be an array [json-pointer:/blocks]'];
  if (blocks.length > most) return [`no more than ${most} items allowed [json-pointer:/blocks]`];
  const own = blocks.flatMap((block, at) => problemsOfBlock(block, `/blocks/${at}`));
  if (own.length > 0) return own;
  const ids = blocks
    .filter(isJson)
    .flatMap(({ block_id }) => (typeof block_id === 'string' ? [block_id] : []));
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) return [`\`block_id\` ${twice} already exists [json-pointer:/blocks]`];
  return [...blocks.flatMap((block, at) => twiceIn(block, at)), ...checkBySchema('KnownBlock', blocks)];
}

function twiceIn(block: unknown, at: number): readonly string[] {
  const ids = inputsOf([block]).map(({ actionId }) => actionId);
  return ids
    .filter((id, i) => ids.indexOf(id) !== i)
    .map((id) => `\`action_id\` "${id}" already exists for another element [json-pointer:/blocks/${at}]`);
}

function problemsOfBlock(block: unknown, at: string): readonly string[] {
  if (!isJson(block)) return [`must provide an object [json-pointer:${at}]`];
  const shape = BLOCKS[String(block['type'])];
  // Newer kinds are judged by the official schema alone.
  if (!shape) return checkBySchema('KnownBlock', [block], at);
  const { has, needs } = shape;
  const problems = problemsOfShape(
    block,
    { needs, has: { ...has, block_id: { is: 'string', most: 255 } } },
    at,
  );
  if (block['type'] === 'section' && block['text'] === undefined && block['fields'] === undefined)
    return [...problems, `missing required field: text or fields [json-pointer:${at}]`];
  if (block['type'] === 'image' && block['image_url'] === undefined && block['slack_file'] === undefined)
    return [...problems, `missing required field: image_url [json-pointer:${at}]`];
  return problems;
}

function problemsOfShape(value: Json, { needs, has }: Shape, at: string): readonly string[] {
  const missing = needs
    .filter((name) => value[name] === undefined)
    .map((name) => `missing required field: ${name} [json-pointer:${at}]`);
  const wrong = Object.entries(value).flatMap(([name, one]) => {
    if (name === 'type' || one === undefined) return [];
    const rule = has[name];
    return rule
      ? problemsOf(one, rule, `${at}/${name}`)
      : [`unsupported property: ${name} [json-pointer:${at}]`];
  });
  return [...missing, ...wrong];
}

function problemsOf(value: unknown, rule: Rule, at: string): readonly string[] {
  switch (rule.is) {
    case 'any':
      return [];
    case 'flag':
      return typeof value === 'boolean' ? [] : [`must be a boolean [json-pointer:${at}]`];
    case 'string':
      return problemsOfString(value, rule.most, at, 0);
    case 'enum':
      return rule.of.includes(String(value))
        ? []
        : [`must be one of ${rule.of.join(', ')} [json-pointer:${at}]`];
    case 'plain':
    case 'text':
      return problemsOfText(value, rule, at);
    case 'list':
      return problemsOfList(value, rule, at);
    case 'element':
      return problemsOfElement(value, rule.of, at);
    case 'option':
      return problemsOfOption(value, rule.most, at);
    case 'confirm':
      return problemsOfConfirm(value, at);
  }
}

function problemsOfString(value: unknown, most: number, at: string, least: number): readonly string[] {
  if (typeof value !== 'string') return [`must be a string [json-pointer:${at}]`];
  if (value.length < least) return [`must be more than ${least - 1} characters [json-pointer:${at}]`];
  return value.length > most ? [`must be less than ${most + 1} characters [json-pointer:${at}]`] : [];
}

function problemsOfText(
  value: unknown,
  { is, most }: { readonly is: 'plain' | 'text'; readonly most: number },
  at: string,
): readonly string[] {
  if (!isJson(value)) return [`must provide an object [json-pointer:${at}]`];
  const types = is === 'plain' ? ['plain_text'] : ['plain_text', 'mrkdwn'];
  if (!types.includes(String(value['type'])))
    return [`must be one of ${types.join(', ')} [json-pointer:${at}/type]`];
  const shape = ELEMENTS[String(value['type'])];
  return [
    ...(shape ? problemsOfShape(value, shape, at) : []),
    ...problemsOfString(value['text'], most, `${at}/text`, 1),
  ];
}

function problemsOfList(
  value: unknown,
  { least, most, of }: Rule & { readonly is: 'list' },
  at: string,
): readonly string[] {
  if (!Array.isArray(value)) return [`must be an array [json-pointer:${at}]`];
  if (value.length < least) return [`no fewer than ${least} items allowed [json-pointer:${at}]`];
  if (value.length > most) return [`no more than ${most} items allowed [json-pointer:${at}]`];
  return value.flatMap((one, i) => problemsOf(one, of, `${at}/${i}`));
}

function problemsOfElement(value: unknown, allowed: readonly string[], at: string): readonly string[] {
  if (!isJson(value)) return [`must provide an object [json-pointer:${at}]`];
  const type = String(value['type']);
  if (!allowed.includes(type)) return [`unsupported type: ${type} [json-pointer:${at}/type]`];
  const shape = ELEMENTS[type];
  return shape ? problemsOfShape(value, shape, at) : [];
}

function problemsOfOption(value: unknown, most: number, at: string): readonly string[] {
  if (!isJson(value)) return [`must provide an object [json-pointer:${at}]`];
  const has: Shape['has'] = {
    text: { is: 'text', most },
    value: { is: 'string', most: 150 },
    description: { is: 'text', most },
    url: { is: 'string', most: 3_000 },
  };
  return problemsOfShape(value, { needs: ['text'], has }, at);
}

function problemsOfConfirm(value: unknown, at: string): readonly string[] {
  if (!isJson(value)) return [`must provide an object [json-pointer:${at}]`];
  const has: Shape['has'] = {
    title: { is: 'plain', most: 100 },
    text: { is: 'text', most: 300 },
    confirm: { is: 'plain', most: 30 },
    deny: { is: 'plain', most: 30 },
    style: { is: 'enum', of: ['primary', 'danger'] },
  };
  return problemsOfShape(value, { needs: ['title', 'text', 'confirm', 'deny'], has }, at);
}
