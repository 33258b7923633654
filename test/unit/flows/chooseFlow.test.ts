import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { chooseFlows, type FlowQuery, lostSetting } from '../../../src/flows/chooseFlow.ts';
import { editorRows } from '../editorsTable.ts';
import { desktop } from './flowQueries.ts';

const FLOWS = ['loopback', 'editorLink', 'relay', 'paste'] as const;

interface Row {
  readonly query: FlowQuery;
  /** For each flow its rank, or the obstacle. */
  readonly cells: Readonly<Record<string, string>>;
}

/** The rows of the table in docs/sign-in-flows.md. */
function documentedRows(): Row[] {
  const text = readFileSync(new URL('../../../docs/sign-in-flows.md', import.meta.url), 'utf8');
  const [, table = ''] = text.split('## Which flow works where');
  const [, , ...rows] = table.split('\n').filter((line) => line.startsWith('|'));
  return rows.map((line) => {
    const [host, editor, scheme, page, uri, ...ranks] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', ''));
    const query: FlowQuery = {
      host: host as FlowQuery['host'],
      ui: editor === 'web' ? 'web' : 'desktop',
      uriScheme: scheme ?? '',
      isPortable: editor === 'portable',
      pageHost: page || undefined,
      redirectUri: uri || undefined,
      signInFlow: 'auto',
    };
    return { query, cells: Object.fromEntries(FLOWS.map((flow, i) => [flow, ranks[i] ?? ''])) };
  });
}

/** The choice as the table writes it. */
function asCells(query: FlowQuery): Record<string, string> {
  let rank = 0;
  return Object.fromEntries(
    chooseFlows(query).map(({ flow, obstacle }) => [flow, obstacle ?? String(++rank)]),
  );
}

/** A browser can neither listen nor be found by a link, whatever the settings say. */
const isImpossible = (flow: (typeof FLOWS)[number], { host, ui }: FlowQuery): boolean =>
  (flow === 'loopback' && host === 'webWorker') || (flow === 'editorLink' && ui === 'web');

describe('lostSetting', () => {
  const ownLink = 'vscode://spotify-sdk.spotify-authentication/callback';
  const web = { host: 'remote', ui: 'web', pageHost: 'localhost' } as const;
  const portable = { isPortable: true, redirectUri: ownLink } as const;
  for (const [what, where, lost] of [
    ['no setting', {}, undefined],
    ['no setting, in a browser', web, undefined],
    ['the editor’s own link', { redirectUri: ownLink }, undefined],
    ['the link of another editor', { redirectUri: ownLink, uriScheme: 'cursor' }, 'redirectUri'],
    ['the link of another program', { redirectUri: 'app://callback' }, 'redirectUri'],
    ['a link, in a browser', { ...web, redirectUri: ownLink }, 'redirectUri'],
    ['a link, in a portable editor', portable, 'redirectUri'],
    ['a link that a portable editor gets', { ...portable, signInFlow: 'editorLink' }, undefined],
    ['a link and another flow', { redirectUri: ownLink, signInFlow: 'loopback' }, undefined],
    ['the flow editorLink in a browser', { ...web, signInFlow: 'editorLink' }, 'signInFlow'],
    ['loopback in a browser', { ...web, signInFlow: 'loopback' }, undefined],
    [
      'loopback in a browser’s worker',
      { ...web, host: 'webWorker', signInFlow: 'loopback' },
      'signInFlow',
    ],
    ['relay in another editor', { uriScheme: 'cursor', signInFlow: 'relay' }, undefined],
    ['a redirect URI of the relay', { redirectUri: 'https://vscode.dev/redirect' }, undefined],
    ['an invalid redirect URI', { redirectUri: 'callback' }, undefined],
  ] as const satisfies [string, Partial<FlowQuery>, unknown][]) {
    it(`is ${lost} for ${what}`, () => {
      assert.equal(lostSetting({ ...desktop, ...where }), lost);
    });
  }
});

describe('the flow of a sign-in', () => {
  const rows = documentedRows();

  for (const { query, cells } of rows) {
    const { host, ui, uriScheme, isPortable, pageHost, redirectUri } = query;
    const app = [uriScheme, isPortable && 'portable', pageHost && `at ${pageHost}`];
    const where = [host, ui, ...app, redirectUri && `with ${redirectUri}`].filter(Boolean);
    it(`is chosen as documented: ${where.join(' ')}`, () => {
      assert.deepEqual(asCells(query), cells);
    });
  }

  it('is documented for every host, editor and kind of redirect URI', () => {
    const kinds = (of: (query: FlowQuery) => unknown) =>
      new Set(rows.map(({ query }) => of(query)));
    assert.deepEqual([...kinds(({ host }) => host)].sort(), ['local', 'remote', 'webWorker']);
    assert.deepEqual([...kinds(({ isPortable }) => isPortable)].sort(), [false, true]);
    assert.equal(kinds(({ redirectUri }) => redirectUri).size, 7);
  });

  it('is documented for every scheme of docs/editors.md', () => {
    const documented = new Set(rows.map(({ query }) => query.uriScheme));
    const schemes = editorRows().flatMap((editor) => editor.schemes);
    assert.ok(schemes.includes('vscode'));
    assert.deepEqual(
      schemes.filter((scheme) => !documented.has(scheme)),
      [],
    );
  });

  for (const flow of FLOWS) {
    it(`is ${flow} if the settings name it, and otherwise only paste`, () => {
      for (const { query } of rows) {
        if (query.redirectUri || isImpossible(flow, query)) continue;
        const open = chooseFlows({ ...query, signInFlow: flow }).filter((one) => !one.obstacle);
        const names = open.map((one) => one.flow);
        assert.deepEqual(names, flow === 'paste' ? ['paste'] : [flow, 'paste']);
      }
    });
  }

  for (const flow of ['loopback', 'editorLink'] as const) {
    it(`is chosen automatically if the settings name ${flow} in a browser, where it is impossible`, () => {
      const browsers = rows.filter(({ query }) => isImpossible(flow, query));
      assert.ok(browsers.length > 2);
      for (const { query } of browsers) {
        assert.deepEqual(chooseFlows({ ...query, signInFlow: flow }), chooseFlows(query));
      }
    });
  }

  it('is not the one of the settings if the redirect URI belongs to another flow', () => {
    const [desktop] = rows;
    assert.ok(desktop);
    const redirectUri = 'https://vscode.dev/redirect';
    const [first] = chooseFlows({
      ...desktop.query,
      redirectUri,
      signInFlow: 'loopback',
    });
    assert.deepEqual(first, { flow: 'loopback', obstacle: 'otherRedirectUri' });
  });
});
