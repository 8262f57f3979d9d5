import type { Accounts } from '../../src/engine/accounts.ts';

/** Nobody here has an account that could be linked: what becomes of codes is told with a database. */
export const NO_ACCOUNTS: Accounts = {
  issueCode: () => Promise.resolve('K7QM-2XRP'),
  link: () => Promise.resolve({ why: 'That code is not good.', hint: null }),
  unlink: () => Promise.resolve(false),
};
