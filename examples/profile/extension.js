const vscode = require('vscode');

// Tests and `npm start` name a local stand-in for Spotify. An access token goes there, so nothing
// but an address of this machine is taken.
const standIn = process.env.SPOTIFY_SDK_API_URL ?? '';
const isLoopback = /^http:\/\/127\.\d+\.\d+\.\d+:\d+$/.test(standIn);
const apiUrl = isLoopback ? standIn : 'https://api.spotify.com';

async function showProfile() {
  const session = await vscode.authentication
    .getSession('spotify', ['user-read-private'], { createIfNone: true })
    .then(undefined, () => undefined);
  if (!session) return; // The person said no, or was told why it did not work.

  const response = await fetch(`${apiUrl}/v1/me`, {
    headers: { Authorization: `Bearer ${session.accessToken}` },
  });
  if (!response.ok) throw new Error(`Spotify answered with HTTP status ${response.status}.`);
  const profile = await response.json();
  // VS Code makes a link of [text](command:…) in a notification, and people choose their names.
  const name = (profile.display_name ?? profile.id).replaceAll('](', '] (');
  vscode.window.showInformationMessage(`Spotify knows you as ${name}.`);
}

exports.activate = (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand('spotify-profile-example.show', showProfile),
  );
};
