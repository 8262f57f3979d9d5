import { InteractionResponseType } from 'discord-api-types/v10';
import { z } from 'zod';

import type { Problem } from '../../refusal.ts';
import { componentProblems } from './components.ts';

/** What is suggested while somebody types. */
export const ChoicesBody = z.object({
  choices: z
    .array(
      z.object({
        name: z.string().min(1).max(100),
        value: z.union([z.string().min(1).max(100), z.number()]),
      }),
    )
    .max(25),
});

/** A form. */
export const ModalBody = z
  .object({
    custom_id: z.string().min(1).max(100),
    title: z.string().min(1).max(45),
    components: z.array(z.record(z.string(), z.unknown())).min(1).max(5),
  })
  .check(({ value, issues }) => {
    for (const { path, code, message } of modalProblems(value.components))
      issues.push({ code: 'custom', path: [...path], message, params: { code }, input: value });
  });
export type ModalBody = z.infer<typeof ModalBody>;

/** The first answer to an interaction. A form is looked at whole: what is wrong with it is said before what is wrong with its moment. */
export const CallbackBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal(InteractionResponseType.Modal), data: ModalBody }),
  z.object({
    type: z.literal([
      InteractionResponseType.Pong,
      InteractionResponseType.ChannelMessageWithSource,
      InteractionResponseType.DeferredChannelMessageWithSource,
      InteractionResponseType.DeferredMessageUpdate,
      InteractionResponseType.UpdateMessage,
      InteractionResponseType.ApplicationCommandAutocompleteResult,
    ]),
    data: z.record(z.string(), z.unknown()).nullish(),
  }),
]);
export type CallbackBody = z.infer<typeof CallbackBody>;

function modalProblems(components: readonly Readonly<Record<string, unknown>>[]): readonly Problem[] {
  const IN_MODALS: readonly unknown[] = [1, 10, 18];
  const strange = components.flatMap(({ type }, index): readonly Problem[] =>
    IN_MODALS.includes(type)
      ? []
      : [
          {
            path: ['components', index, 'type'],
            code: 'BASE_TYPE_CHOICES',
            message: 'Value of field "type" must be one of {1, 10, 18}.',
          },
        ],
  );
  return [...strange, ...componentProblems(components, true)];
}
