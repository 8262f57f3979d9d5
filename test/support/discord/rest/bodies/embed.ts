import { z } from 'zod';

import type { Problem } from '../../refusal.ts';

const MAX_OF_ALL = 6000;
const Url = z.string().regex(/^(https?|attachment):\/\/\S+$/, { error: 'Not a well formed URL.' });

/** An embed within its limits. */
export const Embed = z
  .looseObject({
    title: z.string().max(256).nullish(),
    description: z.string().max(4096).nullish(),
    url: Url.nullish(),
    color: z.number().int().min(0).max(0xffffff).nullish(),
    timestamp: z.iso.datetime({ offset: true }).nullish(),
    footer: z.looseObject({ text: z.string().min(1).max(2048), icon_url: Url.nullish() }).nullish(),
    author: z.looseObject({ name: z.string().min(1).max(256), url: Url.nullish() }).nullish(),
    image: z.looseObject({ url: Url }).nullish(),
    thumbnail: z.looseObject({ url: Url }).nullish(),
    fields: z
      .array(
        z.object({
          name: z.string().min(1).max(256),
          value: z.string().min(1).max(1024),
          inline: z.boolean().nullish(),
        }),
      )
      .max(25)
      .nullish(),
  })
  .refine(
    (embed) => Boolean(embed.title ?? embed.description ?? embed.image ?? embed.fields ?? embed.author),
    {
      path: ['description'],
      error: 'This field is required',
      params: { code: 'BASE_TYPE_REQUIRED' },
    },
  );
export type Embed = z.infer<typeof Embed>;

/** The problem of embeds that are longer together than a message may be. */
export function embedsTooLong(embeds: readonly Embed[]): readonly Problem[] {
  const length = embeds.reduce((sum, one) => sum + lengthOf(one), 0);
  if (length <= MAX_OF_ALL) return [];
  const message = `Embed size exceeds maximum size of ${MAX_OF_ALL}`;
  return [{ path: ['embeds'], code: 'MAX_EMBED_SIZE_EXCEEDED', message }];
}

function lengthOf({ title, description, footer, author, fields }: Embed): number {
  const texts = [title, description, footer?.text, author?.name];
  const inFields = (fields ?? []).flatMap(({ name, value }) => [name, value]);
  return [...texts, ...inFields].reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

/** The embed as Discord keeps it. */
export function storedEmbed({ fields, ...embed }: Embed): Readonly<Record<string, unknown>> {
  const said = Object.fromEntries(Object.entries(embed).filter(([, value]) => value !== null));
  return {
    ...said,
    type: 'rich',
    ...(fields ? { fields: fields.map((one) => ({ ...one, inline: one.inline ?? false })) } : {}),
  };
}
