import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';

import type { Problem } from '../../refusal.ts';
import type { Fields } from '../../state/shapes.ts';
import { partProblems } from '../body.ts';

const CustomId = z.string().min(1).max(100);
const Emoji = z.looseObject({ name: z.string().nullish(), id: z.string().nullish() });

const Button = z
  .looseObject({
    style: z.number().int().min(1).max(6),
    label: z.string().max(80).nullish(),
    custom_id: CustomId.nullish(),
    url: z
      .string()
      .max(512)
      .regex(/^(https?|discord):\/\/\S+$/, { error: 'Not a well formed URL.' })
      .nullish(),
    emoji: Emoji.nullish(),
  })
  .check(({ value, issues }) => {
    const say = (field: string, code: string, message: string): void => {
      issues.push({ code: 'custom', path: [field], message, params: { code }, input: value });
    };
    const isLink = value.style === Number(ButtonStyle.Link);
    if (isLink && !value.url) say('url', 'BASE_TYPE_REQUIRED', 'A url is required');
    if (isLink && value.custom_id)
      say(
        'custom_id',
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    if (!isLink && !value.custom_id) say('custom_id', 'BASE_TYPE_REQUIRED', 'A custom id is required');
    if (!value.label && !value.emoji) say('label', 'BUTTON_COMPONENT_EMPTY', 'A label or emoji is required');
  });

const Select = z.looseObject({
  custom_id: CustomId,
  placeholder: z.string().max(150).nullish(),
  min_values: z.number().int().min(0).max(25).nullish(),
  max_values: z.number().int().min(1).max(25).nullish(),
});

const StringSelect = Select.extend({
  options: z
    .array(
      z.looseObject({
        label: z.string().min(1).max(100),
        value: z.string().min(1).max(100),
        description: z.string().max(100).nullish(),
        default: z.boolean().nullish(),
      }),
    )
    .min(1)
    .max(25),
}).check(({ value: { options, max_values: most }, issues, value }) => {
  const say = (code: string, message: string): void => {
    issues.push({ code: 'custom', path: ['options'], message, params: { code }, input: value });
  };
  if (new Set(options.map((one) => one.value)).size < options.length)
    say('SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used');
  if (options.filter((one) => one.default).length > (most ?? 1))
    say('SELECT_COMPONENT_MAX_VALUES_EXCEEDED', 'More options are chosen than may be');
});

const LEAVES: Partial<Record<ComponentType, z.ZodType>> = {
  [ComponentType.Button]: Button,
  [ComponentType.StringSelect]: StringSelect,
  [ComponentType.UserSelect]: Select,
  [ComponentType.RoleSelect]: Select,
  [ComponentType.MentionableSelect]: Select,
  [ComponentType.ChannelSelect]: Select,
  [ComponentType.TextDisplay]: z.looseObject({ content: z.string().min(1).max(4000) }),
  [ComponentType.TextInput]: z.looseObject({
    custom_id: CustomId,
    style: z.number().int().min(1).max(2),
    label: z.string().max(45).nullish(),
    min_length: z.number().int().min(0).max(4000).nullish(),
    max_length: z.number().int().min(1).max(4000).nullish(),
    value: z.string().max(4000).nullish(),
    placeholder: z.string().max(100).nullish(),
  }),
  [ComponentType.Label]: z.looseObject({
    label: z.string().min(1).max(45),
    description: z.string().max(100).nullish(),
  }),
};

const ONLY_V2 = new Set<unknown>([
  ComponentType.Container,
  ComponentType.Section,
  ComponentType.TextDisplay,
  ComponentType.Separator,
  ComponentType.MediaGallery,
  ComponentType.File,
  ComponentType.Thumbnail,
]);

type Path = readonly PropertyKey[];

/** What is wrong with the components of a message. */
export function componentProblems(components: readonly Fields[], isV2: boolean): readonly Problem[] {
  const all = everyComponent(components, ['components']);
  const top: Problem[] = isV2
    ? []
    : components.flatMap(({ type }, index) =>
        type === ComponentType.ActionRow
          ? []
          : [choices(['components', index, 'type'], ONLY_V2.has(type) ? 'IS_COMPONENTS_V2 only' : '1')],
      );
  return [
    ...top,
    ...tooMany(components.length, isV2 ? 40 : 5, ['components']),
    ...(isV2 ? tooMany(all.length, 40, ['components']) : []),
    ...all.flatMap(({ component, path }) => problemsOf(component, path)),
    ...doubledIds(all),
  ];
}

interface Found {
  readonly component: Fields;
  readonly path: Path;
}

/** Every component in there, with where it stands. */
export function everyComponent(components: readonly Fields[], path: Path = []): readonly Found[] {
  return components.flatMap((component, index) => {
    const here = [...path, index];
    const inside = listOf(component['components']);
    const single = [component['accessory'], component['component']].flatMap(listOf);
    return [
      { component, path: here },
      ...everyComponent(inside, [...here, 'components']),
      ...everyComponent(single, [...here, 'component']),
    ];
  });
}

function listOf(value: unknown): readonly Fields[] {
  // What arrives is JSON: an object in it has only fields that can be read by name.
  if (Array.isArray(value)) return value.filter(isFields);
  return isFields(value) ? [value] : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function problemsOf(component: Fields, path: Path): readonly Problem[] {
  const type = Number(component['type']);
  if (type === Number(ComponentType.ActionRow)) return rowProblems(listOf(component['components']), path);
  // The lookup of a type that nobody knows gives undefined, and no problem of ours.
  const schema = LEAVES[type as ComponentType];
  return schema === undefined ? [] : partProblems(schema, component, path);
}

function rowProblems(inside: readonly Fields[], path: Path): readonly Problem[] {
  const here = [...path, 'components'];
  if (inside.length === 0)
    return [{ path: here, code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be between 1 and 5 in length.' }];
  const buttons = inside.filter(({ type }) => type === ComponentType.Button).length;
  const width = buttons + (inside.length - buttons) * 5;
  if (width <= 5) return [];
  const message = 'The specified component exceeds the maximum width';
  return [{ path: here, code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message }];
}

function doubledIds(all: readonly Found[]): readonly Problem[] {
  const seen = new Set<unknown>();
  return all.flatMap(({ component, path }) => {
    const id = component['custom_id'];
    if (id === undefined || id === null || !seen.has(id)) {
      seen.add(id);
      return [];
    }
    const message = 'Component custom id cannot be duplicated';
    return [{ path: [...path, 'custom_id'], code: 'COMPONENT_CUSTOM_ID_DUPLICATED', message }];
  });
}

function tooMany(count: number, most: number, path: Path): readonly Problem[] {
  const message = `Must be ${most} or fewer in length.`;
  return count > most ? [{ path, code: 'BASE_TYPE_MAX_LENGTH', message }] : [];
}

function choices(path: Path, values: string): Problem {
  return { path, code: 'BASE_TYPE_CHOICES', message: `Value of field "type" must be one of {${values}}.` };
}

/** The components as Discord keeps them: numbered, with what was left out filled in. */
export function storedComponents(components: readonly Fields[]): readonly Fields[] {
  let next = 0;
  const store = (component: Fields): Fields => {
    next += 1;
    const { components: inside, accessory, ...own } = component;
    return {
      ...defaultsOf(Number(component['type'])),
      ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null)),
      id: typeof own['id'] === 'number' ? own['id'] : next,
      ...(inside === undefined ? {} : { components: listOf(inside).map(store) }),
      ...(isFields(accessory) ? { accessory: store(accessory) } : {}),
    };
  };
  return components.map(store);
}

function defaultsOf(type: number): Fields {
  if (type === Number(ComponentType.Container)) return { accent_color: null, spoiler: false };
  if (type === Number(ComponentType.Separator)) return { spacing: 1, divider: true };
  const isSelect = type === Number(ComponentType.StringSelect) || (type >= 5 && type <= 8);
  return isSelect ? { min_values: 1, max_values: 1 } : {};
}
