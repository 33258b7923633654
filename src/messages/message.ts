import { l10n } from 'vscode';

/** The action of a button below a message. */
export type Action =
  | 'tryAgain'
  | 'tryAnotherWay'
  | 'signIn'
  | 'signInAgain'
  | 'useAnotherAccount'
  | 'dontOfferAgain'
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

/** A text for the user (what happened, what to do) and the actions of its buttons. */
export interface Message {
  readonly text: string;
  readonly actions: readonly Action[];
}

export function actionLabel(action: Action): string {
  switch (action) {
    case 'tryAgain':
      return l10n.t('Try Again');
    case 'tryAnotherWay':
      return l10n.t({
        message: 'Try Another Way',
        comment: ['tries another way to sign in'],
      });
    case 'signIn':
      return l10n.t('Sign In');
    case 'signInAgain':
      return l10n.t('Sign In Again');
    case 'useAnotherAccount':
      return l10n.t('Use Another Account');
    case 'dontOfferAgain':
      return l10n.t('Don’t Offer Again');
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
      return l10n.t({
        message: 'Remove',
        comment: ['removes the session'],
      });
    case 'enterAnother':
      return l10n.t('Enter Another Secret');
    case 'keep':
      return l10n.t({ message: 'Keep It', comment: ['keeps the client secret'] });
    case 'showLog':
      return l10n.t('Show Log');
    case 'diagnose':
      return l10n.t({ message: 'Diagnose', comment: ['diagnoses the sign-in'] });
    case 'learnMore':
      return l10n.t('Learn More');
    case 'showExtension':
      return l10n.t('Show Extension');
    case 'showExtensions':
      return l10n.t('Show Extensions');
  }
}
