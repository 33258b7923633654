import { randomBytes } from 'node:crypto';

/** An app of the developer dashboard. A test may change everything but the credentials. */
export interface App {
  /** 32 lower-case hex digits in practice (observed). */
  readonly clientId: string;
  readonly clientSecret: string;
  name: string;
  /** Not checked: old apps still have redirect URIs that the dashboard refuses today. */
  redirectUris: string[];
  /** Whether the rules of February 2026 apply (Spotify, “Quota modes”), as to all new apps. */
  developmentMode: boolean;
  /** In development mode an app does not work while its owner has no Premium. */
  ownerHasPremium: boolean;
  /** The e-mail addresses of users in development mode. The dashboard accepts five. */
  allowList: string[] | 'everyone';
}

export type AppOptions = Pick<App, 'redirectUris'> & Partial<App>;

/** Creates an app, by default in development mode and for all users. */
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
