import { randomBytes } from 'node:crypto';

/** An app of the developer dashboard. Everything but its credentials may change during a test. */
export interface App {
  /** 32 lower-case hex digits in practice (observed). */
  readonly clientId: string;
  readonly clientSecret: string;
  name: string;
  /** Taken as they are, also the ones today's dashboard would refuse: old apps still have them. */
  redirectUris: string[];
  /** Whether the rules of February 2026 hold (Spotify, "Quota modes"). New apps start so. */
  developmentMode: boolean;
  /** In development mode an app stops while its owner has no Premium. */
  ownerHasPremium: boolean;
  /** E-mail addresses that may use the Web API in development mode: the dashboard takes five. */
  allowList: string[] | 'everyone';
}

export type AppOptions = Pick<App, 'redirectUris'> & Partial<App>;

/** An app in development mode that works for everyone, unless told otherwise. */
export function createApp(options: AppOptions): App {
  return {
    clientId: randomBytes(16).toString('hex'),
    clientSecret: randomBytes(16).toString('hex'),
    name: 'Test app',
    developmentMode: true,
    ownerHasPremium: true,
    allowList: 'everyone',
    ...options,
  };
}
