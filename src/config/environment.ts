import { z } from 'zod';
import { LOG_LEVELS } from '../lib/logger.ts';

const Port = z.coerce.number('PORT is a number from 0 to 65535').int().min(0).max(65_535);

/** The settings that come from the environment; everything else is in firebell.yaml. */
export const Environment = z.object({
  /** 0 takes any free port. */
  PORT: Port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Folder of the embedded database. */
  DATA_DIR: z.string().min(1).default('./data'),
  /** Postgres 15 or newer; without it the embedded database is used. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'DATABASE_URL begins with postgres://')
    .optional(),
  /** The configuration file; without it ./firebell.yaml, and without that the built-in example in sandbox mode. */
  CONFIG: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `LOG_LEVEL is one of ${LOG_LEVELS.join(', ')}`).default('info'),
});
export type Environment = z.infer<typeof Environment>;

/** Reads the environment; the problems are sentences that name the variable. An empty variable counts as unset. */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): { readonly environment: Environment } | { readonly problems: readonly string[] } {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(set);
  if (parsed.success) return { environment: parsed.data };
  return { problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) };
}
