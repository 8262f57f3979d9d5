/** Every place at which a test can kill the process: around each commit and each call to the world. */
export const FAULT_POINTS = [
  'handle.before-commit',
  'handle.after-commit',
  'inbox.kept',
  'inbound.noted',
  'inbound.kept',
  'inbound.done',
  'receive.before-commit',
  'receive.after-commit',
  'outbox.leased',
  'effect.before',
  'effect.after',
  'effect.settled',
  'timer.seen',
  'timer.taken',
] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];

let passages = 0;

/** Does nothing; with `FIREBELL_FAULT=name` or `name:n` in the environment, the n-th passage of that point is the end of the process. */
export function faultPoint(name: FaultPoint): void {
  const armed = process.env['FIREBELL_FAULT'];
  if (armed === undefined) return;
  const [point, nth = '1'] = armed.split(':');
  if (point !== name) return;
  passages += 1;
  if (passages === Number(nth)) process.kill(process.pid, 'SIGKILL');
}
