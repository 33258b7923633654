const vscode = require('vscode');

// Tests and `npm start` set the URL of a local stand-in for Spotify. It receives an access token, so
// only a loopback address is accepted.
const standIn = process.env.SPOTIFY_SDK_API_URL ?? '';
const isLoopback = /^http:\/\/127\.\d+\.\d+\.\d+:\d+$/.test(standIn);
const apiUrl = isLoopback ? standIn : 'https://api.spotify.com';

async function showProfile() {
  const session = await vscode.authentication
    .getSession('spotify', ['user-read-private'], { createIfNone: true })
    .then(undefined, () => undefined);
  if (!session) return; // The user declined, or has seen why the sign-in failed.

  const response = await fetch(`${apiUrl}/v1/me`, {
    headers: { Authorization: `Bearer ${session.accessToken}` },
  });
  if (!response.ok) throw new Error(`Spotify answered with HTTP status ${response.status}.`);
  const profile = await response.json();
  // Keeps VS Code from showing [text](command:…) in a user’s name as a link.
  const name = (profile.display_name ?? profile.id).replaceAll('](', '] (');
  vscode.window.showInformationMessage(`Spotify knows you as ${name}.`);
}

exports.activate = (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand('spotify-profile-example.show', showProfile),
  );
};
