import { z } from 'zod';
import { User } from '../shapes.ts';

type OptionInput = {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean | undefined;
  readonly focused?: boolean | undefined;
  readonly options?: readonly OptionInput[] | undefined;
};

/** An option of a command, or a subcommand with options of its own. */
export const Option: z.ZodType<OptionInput> = z.object({
  name: z.string(),
  type: z.int(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
  options: z.lazy(() => z.array(Option)).optional(),
});
export type Option = OptionInput;

/** A field of a form that was sent, in its label. */
const Filled = z.object({
  component: z
    .object({
      custom_id: z.string(),
      value: z.string().nullish(),
      values: z.array(z.string()).nullish(),
    })
    .optional(),
});

const TargetMessage = z.object({
  id: z.string(),
  channel_id: z.string(),
  content: z.string(),
  author: User,
});
export type TargetMessage = z.infer<typeof TargetMessage>;

/** What somebody did: typed a command, pressed a button, sent a form. */
export const Interaction = z.object({
  id: z.string(),
  type: z.int(),
  token: z.string(),
  application_id: z.string(),
  guild_id: z.string().nullish(),
  channel_id: z.string().nullish(),
  channel: z.object({ id: z.string(), type: z.int().optional(), parent_id: z.string().nullish() }).nullish(),
  member: z.object({ nick: z.string().nullish(), user: User }).nullish(),
  user: User.nullish(),
  message: z.object({ id: z.string() }).nullish(),
  data: z
    .object({
      name: z.string().optional(),
      type: z.int().optional(),
      options: z.array(Option).optional(),
      target_id: z.string().optional(),
      resolved: z.object({ messages: z.record(z.string(), TargetMessage).optional() }).optional(),
      custom_id: z.string().optional(),
      values: z.array(z.string()).optional(),
      components: z.array(Filled).optional(),
    })
    .optional(),
});
export type Interaction = z.infer<typeof Interaction>;
