import { describeError } from '../common/describeError.ts';
import type { Log, ShownLog } from '../common/log.ts';
import { appNotices } from '../messages/appTokens.ts';
import { showMessage } from '../messages/showMessage.ts';
import { failureMessage } from '../signIn/failureMessage.ts';

/** Tells the user why there is no access token of the app, with a button that calls `tryAgain`. */
export function showAppTokenFailure(error: unknown, tryAgain: () => unknown, log: ShownLog): void {
  log.error(`There is no access token of the app. ${describeError(error)}`);
  const message = failureMessage(error, { other: appNotices.none });
  void showMessage('error', message, { tryAgain, showLog: () => log.show() }, log);
}

/** Tells the user that Spotify refuses the client secret of the environment. */
export function showEnvironmentSecretRefused(log: Log): void {
  log.warn('Spotify refuses the client secret of the environment.');
  void showMessage('warning', appNotices.refusedOfEnvironment(), {}, log);
}
