import type { FlowName } from '../common/configuration.ts';

/** What is to be different when a sign-in starts over. */
export type Change =
  | { readonly flow: FlowName }
  | { readonly clientId: string }
  | { readonly without: readonly string[] };

/** A person has said what is wrong: the sign-in in progress ends for another that differs. */
export class RestartSignIn extends Error {
  override readonly name = 'RestartSignIn';
  readonly change: Change;

  constructor(change: Change) {
    super('The sign-in starts over.');
    this.change = change;
  }
}
