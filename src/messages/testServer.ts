import { env, l10n } from 'vscode';
import { ACCOUNTS_VARIABLE } from '../common/configuration.ts';
import type { Advice } from './advice.ts';

/** The advice if an environment variable names a test server. */
export const testServerAdvice = (): Advice => ({
  what: l10n.t(
    'A test server takes the place of Spotify, so your Spotify sessions are not used here.',
  ),
  advice: l10n.t(
    'Unless you test an extension, remove the environment variable {0}, and restart {1}.',
    ACCOUNTS_VARIABLE,
    env.appName,
  ),
});
