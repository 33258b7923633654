import type { AppSessions } from '../appTokens/appSessions.ts';
import type { ShownLog } from '../common/log.ts';
import type { Machine } from '../diagnosis/machine.ts';
import type { SecretsCheck } from '../diagnosis/secretsCheck.ts';
import type { SpotifyAuthenticationProvider } from '../provider/authenticationProvider.ts';
import type { SessionRefresher } from '../sessions/sessionRefresher.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import type { SignInEnvironment } from '../signIn/signInEnvironment.ts';
import type { SignInRequests } from '../signIn/signInRequests.ts';

/** The objects of one window that the commands use. */
export interface CommandContext {
  readonly store: SessionStore;
  readonly refresher: SessionRefresher;
  readonly provider: SpotifyAuthenticationProvider;
  readonly appSessions: AppSessions;
  readonly signIn: SignInRequests;
  readonly environment: SignInEnvironment;
  readonly machine: Machine;
  readonly secretsCheck: SecretsCheck;
  readonly log: ShownLog;
}
