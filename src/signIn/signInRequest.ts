import type { AuthenticationSessionAccountInformation } from 'vscode';
import type { Client } from '../common/client.ts';

/** The scopes, account and app for a sign-in. The user can change the app and leave scopes out. */
export interface SignInRequest {
  /** Normalised scopes, without the client ID that an extension may write among them. */
  readonly scopes: readonly string[];
  /** The account that must sign in; undefined for any account. */
  readonly account?: AuthenticationSessionAccountInformation | undefined;
  /** The app. If undefined, the configured one is used; if there is none, the user sets one up. */
  readonly client?: Client | undefined;
  /** Whether the user chooses the flow. Otherwise, the first flow that works here is used. */
  readonly choosesFlow?: boolean;
  /** Whether the Accounts menu offered the sign-in without a request of an extension. */
  readonly isOffered?: boolean;
  /** Whether Spotify shows its dialog in any case, in which the user can change the account. */
  readonly showDialog?: boolean;
  /**
   * A stored session answers the request, too, if its consent is later than this, in seconds since the
   * epoch. If undefined, only a new sign-in does.
   */
  readonly consentedAfter?: number | undefined;
}

/**
 * The key of a request. Requests with equal keys share one sign-in. They may differ in the flow, the time of
 * the consent, the dialog and the offer.
 */
export const keyOf = ({ scopes, account, client, consentedAfter }: SignInRequest): string =>
  JSON.stringify([scopes, account?.id, client?.id, client?.source, consentedAfter === undefined]);
