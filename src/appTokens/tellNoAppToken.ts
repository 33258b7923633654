import { describeError } from '../common/describeError.ts';
import type { ShownLog } from '../common/log.ts';
import { appNotices } from '../messages/appTokens.ts';
import { failureMessage } from '../signIn/failureMessage.ts';
import { showMessage } from '../messages/showMessage.ts';

/** Says why there is no access token of the app; the person may try again. */
export function tellNoAppToken(error: unknown, tryAgain: () => unknown, log: ShownLog): void {
  log.error(`There is no access token of the app. ${describeError(error)}`);
  const message = failureMessage(error, { other: appNotices.none });
  void showMessage('error', message, { tryAgain, showLog: () => log.show() }, log);
}
