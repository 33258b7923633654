#!/usr/bin/env node
/** Runs the stand-in until a signal or the control address ends it. */
import process from 'node:process';
import { HELP, readArguments } from './arguments.ts';
import type { StandIn, StandInOptions } from './standIn.ts';
import { startStandIn } from './startStandIn.ts';

/** That of the package. The build defines it. */
declare const VERSION: string | undefined;

try {
  const { help, version, json, options } = await readArguments(process.argv.slice(2));
  if (help) process.stdout.write(HELP);
  else if (version) console.log(typeof VERSION === 'string' ? VERSION : 'unreleased');
  else await run(options, json);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const isBusy = code === 'EADDRINUSE';
  console.error(isBusy ? `${message}. Choose another port with --port.` : message);
  console.error('--help shows the options.');
  process.exitCode = 1;
}

/** Prints the addresses as soon as requests are answered. */
async function run(options: StandInOptions, json: boolean): Promise<void> {
  const standIn = await startStandIn(options);
  let isInterrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      isInterrupted = true;
      void standIn.close();
    });
  }
  process.once('exit', () => {
    if (!isInterrupted) console.error('Stopped by POST /stop to the control address.');
  });
  console.log(json ? asJson(standIn) : asText(standIn));
}

function asJson(standIn: StandIn): string {
  const { accountsUrl, apiUrl, controlUrl, clientId, clientSecret, env } = standIn;
  return JSON.stringify({ accountsUrl, apiUrl, controlUrl, clientId, clientSecret, env });
}

function asText(standIn: StandIn): string {
  const { accountsUrl, apiUrl, controlUrl, clientId, clientSecret, app } = standIn;
  return `accounts: ${accountsUrl}, Web API: ${apiUrl}, control: ${controlUrl}
client ID: ${clientId}, client secret: ${clientSecret}
redirect URI: ${app.redirectUris.join(', ')}`;
}
