import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { checkData, type StandInData } from './data.ts';
import type { StandInOptions } from './standIn.ts';

export const HELP = `Usage: npx @spotify-sdk/stand-in [options]

Runs a stand-in for accounts.spotify.com and api.spotify.com, until Ctrl+C.

  --agree-as <user>         agree to every sign-in as this user, without a page
  --client-id <id>          client ID of the app (default: always the same)
  --client-secret <secret>  its client secret (default: always the same)
  --redirect-uri <uri>      a redirect URI of the app; may be repeated
                            (default: http://127.0.0.1/callback, with any port)
  --data <file>             JSON file with users, tracks and playlists
  --port <number>           first of three ports: accounts, Web API, control
                            address (default: 8765; 0 takes any free ones)
  --host <address>          where to listen (default: 127.0.0.1)
  --json                    print the addresses as one line of JSON
  --version                 print the version
  --help                    print this

Without --data there are the users alva and noor, tracks and playlists.
The README of the package describes the data file and the control address.
`;

/** What the command line asks for. */
export interface Arguments {
  readonly help: boolean;
  readonly version: boolean;
  readonly json: boolean;
  readonly options: StandInOptions;
}

/**
 * Reads the command line and the data file.
 *
 * @throws Error for the user: an unknown option, a port out of range, a file that cannot be used
 */
export async function readArguments(args: readonly string[]): Promise<Arguments> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'agree-as': { type: 'string' },
      'client-id': { type: 'string' },
      'client-secret': { type: 'string' },
      'redirect-uri': { type: 'string', multiple: true },
      data: { type: 'string' },
      port: { type: 'string', default: '8765' },
      host: { type: 'string' },
      json: { type: 'boolean', default: false },
      version: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { help, version, json, data, host } = values;
  const options = {
    agreeAs: values['agree-as'],
    clientId: values['client-id'],
    clientSecret: values['client-secret'],
    redirectUris: values['redirect-uri'],
    host,
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const fromFile = data === undefined ? {} : await readData(data);
  return {
    help,
    version,
    json,
    options: {
      ...fromFile,
      ...ports(values.port),
      ...(Object.fromEntries(given) as StandInOptions),
    },
  };
}

function ports(text: string) {
  const port = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_533)) throw new Error(`--port must be a number from 0 to 65533, not ${text}.`);
  const following = (distance: number) => (port === 0 ? 0 : port + distance);
  return { accountsPort: port, apiPort: following(1), controlPort: following(2) };
}

async function readData(file: string): Promise<StandInData> {
  try {
    return checkData(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The file ${file} cannot be used: ${reason}`, { cause: error });
  }
}
