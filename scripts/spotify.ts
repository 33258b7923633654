/** Runs the stand-in for Spotify with its demo app and users, until it is stopped. */
import { addDemo, startSpotify } from '../test/spotify/index.ts';

console.log('starting the stand-in for Spotify…');
const spotify = await startSpotify({ accountsPort: 8765, apiPort: 8766 });
const { app } = addDemo(spotify);
console.log(`accounts: ${spotify.accountsUrl}, Web API: ${spotify.apiUrl}`);
console.log(`client ID: ${app.clientId}, client secret: ${app.clientSecret}`);
