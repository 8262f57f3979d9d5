import { existsSync } from 'node:fs';

/** Why what needs this program cannot run here; null when it can. Throws where nothing may be left out for want of a program. */
export function missing(program: string, advice: string): string | null {
  if (existsSync(program)) return null;
  const reason = `no ${program}; ${advice}`;
  if (process.env['FIREBELL_EXTRA'] === 'required') throw new Error(reason);
  return reason;
}
