const vscode = require('vscode');

// Tests and `npm start` put a local stand-in for Spotify here.
const apiUrl = process.env.SPOTIFY_SDK_API_URL ?? 'https://api.spotify.com';

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
  vscode.window.showInformationMessage(
    `Spotify knows you as ${profile.display_name ?? profile.id}.`,
  );
}

exports.activate = (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand('spotify-profile-example.show', showProfile),
  );
};
