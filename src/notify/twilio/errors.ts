/** Whose fault an error of Twilio's is: the person's number, our account or settings, or nobody's for now. */
type Blame = 'address' | 'ours' | 'passing';

interface Known {
  readonly blame: Blame;
  readonly words: string;
}

const address = (words: string): Known => ({ blame: 'address', words });
const ours = (words: string): Known => ({ blame: 'ours', words });
const passing = (words: string): Known => ({ blame: 'passing', words });

/** The errors worth words of our own, by the numbers of https://www.twilio.com/docs/api/errors. */
const KNOWN: ReadonlyMap<number, Known> = new Map([
  [13223, address('the number cannot be called')],
  [13224, address('the number is not one that can be called')],
  [20003, ours('Twilio does not accept our account SID, token or API key')],
  [20005, ours('the Twilio account is not active')],
  [20404, ours('Twilio does not know the account or what was asked of it')],
  [20429, passing('Twilio asks to slow down')],
  [21201, address('no number was given')],
  [21210, ours('our number is not one that may call')],
  [21211, address('the number is not valid')],
  [21212, ours('our number is not valid')],
  [21213, ours('no number of ours was given')],
  [21214, address('the number cannot be reached')],
  [21215, ours('the account may not call this country')],
  [21216, ours('the account may not call this number')],
  [21217, address('the number is not valid')],
  [21219, ours('a trial account reaches only numbers verified with Twilio')],
  [21265, address('the number is a short code')],
  [21408, ours('the account may not send to this country')],
  [21606, ours('our number cannot send SMS to this number')],
  [21608, ours('a trial account reaches only numbers verified with Twilio')],
  [21610, address('this phone has replied STOP; it has to reply START')],
  [21611, passing('the queue of our number is full')],
  [21612, address('no way from our number to this one')],
  [21614, address('the number is not a mobile one')],
  [21635, address('the number is a landline')],
  [30001, passing('the queue of our number was full')],
  [30002, ours('the Twilio account is suspended')],
  [30003, address('the phone is unreachable, switched off or out of service')],
  [30004, address('the message was blocked by the receiver')],
  [30005, address('the number is unknown or no longer in service')],
  [30006, address('the number is a landline or cannot receive SMS')],
  [30007, ours('the carrier filtered the message')],
  [30008, passing('the carrier gave no reason')],
  [30034, ours('our number is not registered for SMS in the United States')],
  [63038, passing('the daily limit of the account is reached')],
]);

/** What an error means: whether the person's number is to blame, and in words, with Twilio's own where there are none. */
export function explainError(code: number | null, message: string): Known {
  const known = code === null ? undefined : KNOWN.get(code);
  const number = code === null ? '' : ` (Twilio ${code})`;
  if (known) return { ...known, words: `${known.words}${number}` };
  return { blame: 'ours', words: `${message || 'Twilio gave no reason'}${number}` };
}
