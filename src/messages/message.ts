import * as vscode from 'vscode';

const { t } = vscode.l10n;

/** What a button below a message does. */
export type Action =
  | 'tryAgain'
  | 'tryAnotherWay'
  | 'signIn'
  | 'signInAgain'
  | 'setUpClientId'
  | 'openSettings'
  | 'openDashboard'
  | 'openPremium'
  | 'manageAccess'
  | 'remove'
  | 'enterAnother'
  | 'keep'
  | 'showLog'
  | 'diagnose'
  | 'learnMore'
  | 'showExtension'
  | 'showExtensions';

/** A sentence for a person: what happened, what to do, and the buttons that do it. */
export interface Message {
  readonly text: string;
  readonly actions: readonly Action[];
}

export function actionLabel(action: Action): string {
  switch (action) {
    case 'tryAgain':
      return t('Try Again');
    case 'tryAnotherWay':
      return t('Try Another Way');
    case 'signIn':
      return t('Sign In');
    case 'signInAgain':
      return t('Sign In Again');
    case 'setUpClientId':
      return t('Set Up Client ID');
    case 'openSettings':
      return t('Open Settings');
    case 'openDashboard':
      return t('Open Spotify Dashboard');
    case 'openPremium':
      return t('Open Spotify Premium');
    case 'manageAccess':
      return t('Manage Access on Spotify');
    case 'remove':
      return t('Remove');
    case 'enterAnother':
      return t('Enter Another');
    case 'keep':
      return t('Keep It');
    case 'showLog':
      return t('Show Log');
    case 'diagnose':
      return t('Diagnose');
    case 'learnMore':
      return t('Learn More');
    case 'showExtension':
      return t('Show Extension');
    case 'showExtensions':
      return t('Show Extensions');
  }
}
