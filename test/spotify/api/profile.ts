import type { Service } from '../service.ts';
import type { AccessToken } from '../tokens.ts';
import type { User } from '../users.ts';

/** The profile that `GET /v1/me` returns for a token (OpenAPI `PrivateUserObject`). */
export function profile(user: User, { app, scope }: AccessToken, { behaviour }: Service): object {
  const { id, accountId, displayName } = user;
  const isComplete = !app.developmentMode || behaviour.legacyProfileFields;
  return {
    ...(behaviour.omitAccountId ? {} : { account_id: accountId }),
    display_name: displayName,
    external_urls: { spotify: `https://open.spotify.com/user/${id}` },
    href: `https://api.spotify.com/v1/users/${id}`,
    id,
    images: [],
    type: 'user',
    uri: `spotify:user:${id}`,
    ...(isComplete ? removedFields(user, scope) : {}),
  };
}

/** The fields that development mode lost in February 2026, if the token has the scopes for them. */
function removedFields({ email, country, product }: User, scope: readonly string[]): object {
  return {
    followers: { href: null, total: 0 },
    ...(scope.includes('user-read-email') ? { email } : {}),
    ...(scope.includes('user-read-private')
      ? { country, product, explicit_content: { filter_enabled: false, filter_locked: false } }
      : {}),
  };
}
