/** What a message says that carries a code: in one line, for every channel. */
export function codeWords(code: string): string {
  return `${code} is your Firebell code. Type "verify ${code}" to Firebell in the chat within 10 minutes. If you did not ask for it, do nothing.`;
}

/** The same as a subject or a title, without the code: it would be shown on locked screens. */
export const CODE_TITLE = 'Firebell: prove that this address is yours';
