import { l10n } from 'vscode';

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
      return l10n.t('Try Again');
    case 'tryAnotherWay':
      return l10n.t('Try Another Way');
    case 'signIn':
      return l10n.t('Sign In');
    case 'signInAgain':
      return l10n.t('Sign In Again');
    case 'setUpClientId':
      return l10n.t('Set Up Client ID');
    case 'openSettings':
      return l10n.t('Open Settings');
    case 'openDashboard':
      return l10n.t('Open Spotify Dashboard');
    case 'openPremium':
      return l10n.t('Open Spotify Premium');
    case 'manageAccess':
      return l10n.t('Manage Access on Spotify');
    case 'remove':
      return l10n.t('Remove');
    case 'enterAnother':
      return l10n.t('Enter Another');
    case 'keep':
      return l10n.t('Keep It');
    case 'showLog':
      return l10n.t('Show Log');
    case 'diagnose':
      return l10n.t('Diagnose');
    case 'learnMore':
      return l10n.t('Learn More');
    case 'showExtension':
      return l10n.t('Show Extension');
    case 'showExtensions':
      return l10n.t('Show Extensions');
  }
}
