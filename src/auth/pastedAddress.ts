import { StateMismatchError } from './errors.ts';
import { isAnswerTo, parseAuthorizationResponse } from './responseUrl.ts';

/** Why a pasted text is not the answer: a part is missing, or its `state` is not the expected one. */
export type PasteFault = 'incomplete' | 'otherSignIn';

/**
 * Returns the address in a pasted text if it is the answer to the request with this `state`. Removes
 * what copying may add: line breaks and other spaces, invisible characters, brackets or quotation marks
 * around the address, and a full stop after it.
 */
export function pastedAnswer(text: string, state: string): string | undefined {
  // Of a state that ends with a full stop, only the text itself is the answer.
  return [cleanAddress(text), text].find((address) => isAnswerTo(address, state));
}

/** Returns why a pasted text is not the answer; undefined for the answer, and for an empty text. */
export function pasteFault(text: string, state: string): PasteFault | undefined {
  const address = cleanAddress(text);
  if (address === '' || pastedAnswer(text, state) !== undefined) return undefined;
  try {
    // An address that was copied in part may end within the state.
    parseAuthorizationResponse(address, (found = '') => state.startsWith(found));
  } catch (error) {
    if (error instanceof StateMismatchError) return 'otherSignIn';
  }
  return 'incomplete';
}

function cleanAddress(text: string): string {
  const address = text
    // Some terminals put these sequences around what is pasted.
    .replaceAll(/\p{Cc}\[20[01]~/gu, '')
    .replaceAll(/[\s\p{Cc}\p{Cf}]/gu, '')
    .replace(/^[<([{"'`‘’‚“”„«»‹›]+/, '');
  // A search for the brackets at the end would take quadratic time.
  return /^.*[^>)\]}"'`‘’‚“”„«»‹›.,;]/s.exec(address)?.[0] ?? '';
}
