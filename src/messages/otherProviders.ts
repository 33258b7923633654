import * as vscode from 'vscode';
import type { Message } from './message.ts';
import { plainText } from './plainText.ts';

const { t } = vscode.l10n;

/** An extension beside this one that signs in to Spotify, too: VS Code asks one of them. */
export const otherProviders = {
  /** One that is in sight: it may be asked. */
  installed: (name: string, id: string): Message => ({
    text: t(
      'Both “{0}” ({1}) and this extension sign in to Spotify, but VS Code asks only one of them. Until you disable or uninstall one, sign-ins may come from the other.',
      plainText(name),
      plainText(id),
    ),
    actions: ['showExtension'],
  }),
  /** One that is out of sight: it is asked. */
  answering: (): Message => ({
    text: t(
      'Another extension signs in to Spotify in this window, and VS Code asks it instead of this one. Sign-ins come from there until you disable or uninstall one of the two.',
    ),
    actions: ['showExtensions'],
  }),
} as const;
