import assert from 'node:assert/strict';
import { flowsFinding } from '../../../src/diagnosis/flowsFinding.ts';
import type { FlowQuery } from '../../../src/flows/chooseFlow.ts';
import { desktop } from '../flows/flowQueries.ts';

const LOOPBACK = 'http://127.0.0.1/callback';
const LINK = 'vscode://spotify-sdk.spotify-authentication/callback';
const RELAY = 'https://vscode.dev/redirect';
const PRIVATE = 'https://login.alva.example.com/callback';

describe('the sign-in flows in a report', () => {
  it('list the redirect URIs to register for this window', () => {
    const register = (query: Partial<FlowQuery>) =>
      flowsFinding({ ...desktop, ...query }).toRegister;
    assert.deepEqual(register({}), [LOOPBACK, LINK, RELAY]);
    assert.deepEqual(register({ signInFlow: 'relay' }), [RELAY, LOOPBACK]);
    assert.deepEqual(register({ isPortable: true }), [LOOPBACK]);
    const fixed = 'http://127.0.0.1:8914/callback';
    assert.deepEqual(register({ redirectUri: fixed }), [fixed]);
    const refused = 'http://localhost:8914/callback';
    assert.deepEqual(register({ redirectUri: refused }), [LOOPBACK, LINK, RELAY]);
  });

  it('hide a redirect URI that may identify the user', () => {
    for (const redirectUri of [
      PRIVATE,
      'http://127.0.0.1/alva',
      'http://127.0.0.1/callback?alva',
    ]) {
      const finding = flowsFinding({ ...desktop, redirectUri });
      assert.deepEqual([finding.redirectUri, finding.toRegister], ['', ['']]);
    }
  });

  it('name the fault of the settings', () => {
    const fault = (query: Partial<FlowQuery>) => flowsFinding({ ...desktop, ...query }).fault;
    assert.equal(fault({}), undefined);
    assert.equal(fault({ redirectUri: LOOPBACK, signInFlow: 'loopback' }), undefined);
    assert.equal(fault({ redirectUri: LOOPBACK, signInFlow: 'relay' }), 'otherFlow');
    assert.equal(fault({ redirectUri: 'http://localhost:80/callback' }), 'localhost');
  });

  it('hide the host of the editor’s page', () => {
    for (const [host, expected] of [
      ['localhost', 'thisComputer'],
      ['127.0.0.1.evil.dev', 'elsewhere'],
      ['x-1.github.dev', 'microsoft'],
      ['code.example.com', 'elsewhere'],
      [undefined, 'elsewhere'],
    ] as const) {
      const query: FlowQuery = { ...desktop, host: 'remote', ui: 'web', pageHost: host };
      assert.equal(flowsFinding(query).pageHost, expected);
    }
    assert.equal(flowsFinding(desktop).pageHost, undefined);
  });
});
