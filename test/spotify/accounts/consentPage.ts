import type { User } from '../users.ts';
import type { AuthorizationRequest } from './authorizationRequest.ts';
import { scopes } from './scopes.ts';

/**
 * Returns the page on which the user decides, in a design of our own. The form’s address is relative,
 * so that the page also works behind a proxy that adds a prefix to the path.
 */
export function consentPage(
  id: string,
  { app, scope }: AuthorizationRequest,
  users: readonly User[],
  signedIn: User | undefined,
): string {
  const name = escapeHtml(app.name);
  const chosen = signedIn ?? users[0];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Connect ${name}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="note">Stand-in for Spotify: nothing here reaches the real service.</p>
<h1>Connect <strong>${name}</strong> to your account?</h1>
<form method="post" action="authorize/consent">
<input type="hidden" name="request" value="${id}">
<fieldset>
<legend>Continue as</legend>
${users.map((user) => userChoice(user, user === chosen)).join('\n')}
</fieldset>
<h2>The app will be able to</h2>
<ul>
<li>See your name and picture</li>
${scope.map(scopeItem).join('\n')}
</ul>
<div class="actions">
<button name="decision" value="agree" class="agree">Agree</button>
<button name="decision" value="cancel">Cancel</button>
</div>
</form>
</main>
</body>
</html>
`;
}

function userChoice({ id, displayName, email }: User, checked: boolean): string {
  const value = escapeHtml(id);
  return `<label><input type="radio" name="user" value="${value}"${checked ? ' checked' : ''}>
<span>${escapeHtml(displayName ?? id)} <small>${escapeHtml(email)}</small></span></label>`;
}

function scopeItem(name: string): string {
  return `<li>${scopes.get(name) ?? ''} <code>${escapeHtml(name)}</code></li>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root { color-scheme: light dark; --page: #eef3f0; --card: #fff; --ink: #12211c; --soft: #5a6b64;
  --line: #d3ddd8; --accent: #1f6b57; --on-accent: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0c1613; --card: #16251f; --ink: #e8f1ed; --soft: #9db3aa;
    --line: #2d433a; --accent: #86d9c0; --on-accent: #0c1613; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
  background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 27rem; padding: 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 1rem; }
.note { margin: 0 0 1.25rem; color: var(--soft); font-size: .8125rem; }
h1 { margin: 0 0 1.25rem; font-size: 1.375rem; line-height: 1.3; font-weight: 500; }
h2, legend { padding: 0; margin: 0 0 .5rem; font-size: .875rem; font-weight: 600; }
fieldset { margin: 0 0 1.25rem; padding: 0; border: 0; display: grid; gap: .5rem; }
label { display: flex; gap: .75rem; padding: .75rem; border: 1px solid var(--line);
  border-radius: .625rem; cursor: pointer; }
label:has(:checked) { border-color: var(--accent); }
input { accent-color: var(--accent); }
small { display: block; color: var(--soft); }
ul { margin: 0 0 1.75rem; padding-left: 1.25rem; }
code { color: var(--soft); font-size: .75rem; overflow-wrap: anywhere; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; }
button { flex: 1; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .625rem;
  background: none; color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
.agree { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;
