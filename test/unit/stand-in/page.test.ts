import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { controlHandlers } from '../../../stand-in/controlHandlers.ts';
import * as standIn from '../../../stand-in/index.ts';
import { ENDPOINTS } from '../../spotify/http/endpoint.ts';
import { routes } from '../../spotify/http/routes.ts';

const file = path.resolve(import.meta.dirname, '../../../docs/testing.md');
const page = readFileSync(file, 'utf8').replace(/\n {2}(?=`)/g, ' ');

/** Writes `GET|PUT /a/{b,c}` out. */
function writtenOut(request: string): string[] {
  const [methods = '', pattern = ''] = request.split(' ');
  const [, start = pattern, names = '', end = ''] = /^(.*)\{(.*,.*)\}(.*)$/.exec(pattern) ?? [];
  const paths = names.split(',').map((name) => start + name + end);
  return methods.split('|').flatMap((method) => paths.map((one) => `${method} ${one}`));
}

describe('docs/testing.md', () => {
  it('lists all requests by their endpoints', () => {
    const listed = [...page.matchAll(/^- `([a-z-]+)`: (.+)$/gm)].flatMap(([, on, text = '']) =>
      [...text.matchAll(/`([A-Z|]+ \/[^`]+)`/g)]
        .flatMap(([, request = '']) => writtenOut(request))
        .map((request) => `${on ?? ''} ${request}`),
    );
    const served = routes.map(([pattern, endpoint]) => pattern.replace(/^\w+/, endpoint));
    assert.deepEqual(listed.sort(), served.sort());
    for (const endpoint of ENDPOINTS) assert.ok(page.includes(`\n- \`${endpoint}\`: `), endpoint);
  });

  it('lists the requests of the control address', () => {
    const rows = page.match(/^\| `(GET|POST|PATCH) .+$/gm) ?? [];
    const listed = rows.flatMap((row) => {
      const [, requests = ''] = row.split('|');
      return [...requests.matchAll(/`([^`]+)`/g)].map(([, request = '']) => request);
    });
    assert.deepEqual(listed.sort(), Object.keys(controlHandlers).sort());
  });

  it('names every ready fault', () => {
    for (const name of Object.keys(standIn.readyFaults))
      assert.ok(page.includes(`\`${name}\``), name);
  });

  it('says what is there without data', async () => {
    const running = await standIn.startStandIn();
    const { accessToken } = running.issueTokens('alva', ['user-top-read']);
    const headers = { authorization: `Bearer ${accessToken}` };
    const response = await fetch(`${running.apiUrl}/v1/me/top/tracks`, { headers });
    const { total } = (await response.json()) as { total: number };
    await running.close();
    const text = page.replace(/\s+/g, ' ');
    assert.ok(text.includes(`${total} tracks by Satie, Debussy and Ravel`));
    assert.ok(
      text.includes(`client ID: ${running.clientId}, client secret: ${running.clientSecret}`),
    );
  });
});
