import { z } from 'zod';

import { invalidForm } from '../../refusal.ts';
import type { Problem } from '../../refusal.ts';
import { componentProblems } from './components.ts';
import { Embed, embedsTooLong } from './embed.ts';
import { Snowflake } from './basics.ts';

function unlike<T extends string>(list: z.ZodType<T[]>) {
  return list
    .refine((said) => new Set(said).size === said.length, {
      error: 'Must be unique',
      params: { code: 'SET_TYPE_ALREADY_CONTAINS_VALUE' },
    })
    .nullish();
}

/** Only those named here are told; `parse` and lists of ids exclude each other. */
export const AllowedMentions = z.object({
  parse: unlike(z.array(z.enum(['roles', 'users', 'everyone']))),
  users: unlike(z.array(Snowflake).max(100)),
  roles: unlike(z.array(Snowflake).max(100)),
  replied_user: z.boolean().nullish(),
});
export type AllowedMentions = z.infer<typeof AllowedMentions>;

const Unchecked = z.object({
  content: z.string().max(2000).nullish(),
  embeds: z.array(Embed).max(10).nullish(),
  components: z.array(z.record(z.string(), z.unknown())).nullish(),
  flags: z.number().int().nullish(),
  nonce: z.union([z.string().max(25), z.number().int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  allowed_mentions: AllowedMentions.nullish(),
  message_reference: z
    .object({
      message_id: Snowflake,
      channel_id: Snowflake.nullish(),
      fail_if_not_exists: z.boolean().nullish(),
    })
    .nullish(),
  attachments: z
    .array(
      z.object({
        id: z.union([z.string(), z.number()]).transform(String),
        filename: z.string().max(1024).nullish(),
        description: z.string().max(1024).nullish(),
      }),
    )
    .max(10)
    .nullish(),
  tts: z.boolean().nullish(),
});

const COMPONENTS_V2 = 1 << 15;

/** A message as a bot sends it. An edit may leave out the flag for components of the second kind. */
export const MessageBody = Unchecked.check(({ value, issues }) => {
  const isOld = Boolean(value.content ?? value.embeds);
  const flags = value.flags ?? (isOld ? 0 : COMPONENTS_V2);
  for (const { path, code, message } of messageProblems({ ...value, flags }))
    issues.push({ code: 'custom', path: [...path], message, params: { code }, input: value });
});
export type MessageBody = z.infer<typeof Unchecked>;

/** Refuses what the schema let through because an edit may: components that lack their flag. */
export function checkMessage(body: MessageBody): void {
  const problems = messageProblems(body);
  if (problems.length > 0) throw invalidForm(problems);
}

function messageProblems(body: MessageBody): readonly Problem[] {
  const isV2 = ((body.flags ?? 0) & COMPONENTS_V2) !== 0;
  const mayMix = !isV2 || !onlyV2(body.components ?? []);
  return [
    ...embedsTooLong(body.embeds ?? []),
    ...componentProblems(body.components ?? [], isV2),
    ...mentionProblems(body.allowed_mentions ?? {}),
    ...(mayMix ? [] : mixedProblems(body)),
  ];
}

/** True when something in there exists only in the second kind. */
function onlyV2(components: readonly Readonly<Record<string, unknown>>[]): boolean {
  return components.some(({ type }) => type !== 1);
}

function mentionProblems({ parse, users, roles }: AllowedMentions): readonly Problem[] {
  const both = (kind: 'users' | 'roles', ids: readonly string[]): readonly Problem[] =>
    parse?.includes(kind) && ids.length > 0
      ? [
          {
            path: ['allowed_mentions'],
            code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
            message: `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
          },
        ]
      : [];
  return [...both('users', users ?? []), ...both('roles', roles ?? [])];
}

function mixedProblems({ content, embeds }: MessageBody): readonly Problem[] {
  const forbidden = (field: string): Problem => ({
    path: [field],
    code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
  });
  return [...(content ? [forbidden('content')] : []), ...(embeds?.length ? [forbidden('embeds')] : [])];
}

/** True when nobody would see anything of the message. */
export function isEmptyMessage(body: MessageBody, files: number): boolean {
  return !body.content?.trim() && !body.embeds?.length && !body.components?.length && files === 0;
}
