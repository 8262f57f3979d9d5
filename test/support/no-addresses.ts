import type { Contacts } from '../../src/engine/contacts.ts';

/** Nobody here has an address that a code could prove. */
export const NO_ADDRESSES: Contacts = {
  bars: () => Promise.resolve(null),
  note: () => Promise.resolve(),
  sendCode: (_, channel) => Promise.resolve({ why: `You have no address for ${channel}.`, hint: null }),
  confirm: () => Promise.resolve({ why: 'No code is waiting.', hint: null }),
  list: () => Promise.resolve([]),
};
