import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { chooseFlows, type FlowQuery } from '../../../src/flows/chooseFlow.ts';

const FLOWS = ['loopback', 'editorLink', 'relay', 'paste'] as const;

interface Row {
  readonly place: FlowQuery;
  /** Under each flow its rank, or the obstacle. */
  readonly cells: Readonly<Record<string, string>>;
}

/** The rows of the table that people read. */
function documentedRows(): Row[] {
  const text = readFileSync(new URL('../../../docs/sign-in-flows.md', import.meta.url), 'utf8');
  const [, table = ''] = text.split('## Which flow works where');
  const [, , ...rows] = table.split('\n').filter((line) => line.startsWith('|'));
  return rows.map((line) => {
    const [host, editor, scheme, page, uri, ...ranks] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', ''));
    const place: FlowQuery = {
      host: host as FlowQuery['host'],
      ui: editor === 'web' ? 'web' : 'desktop',
      uriScheme: scheme ?? '',
      isPortable: editor === 'portable',
      pageHost: page || undefined,
      redirectUri: uri || undefined,
      signInFlow: 'auto',
    };
    return { place, cells: Object.fromEntries(FLOWS.map((flow, i) => [flow, ranks[i] ?? ''])) };
  });
}

/** The choice as the table writes it. */
function asCells(place: FlowQuery): Record<string, string> {
  let rank = 0;
  return Object.fromEntries(
    chooseFlows(place).map(({ flow, obstacle }) => [flow, obstacle ?? String(++rank)]),
  );
}

/** A browser cannot listen, whatever the settings say. */
const isImpossible = (flow: (typeof FLOWS)[number], { host }: FlowQuery): boolean =>
  flow === 'loopback' && host === 'webWorker';

describe('the way back', () => {
  const rows = documentedRows();

  for (const { place, cells } of rows) {
    const { host, ui, uriScheme, isPortable, pageHost, redirectUri } = place;
    const app = [uriScheme, isPortable && 'portable', pageHost && `at ${pageHost}`];
    const where = [host, ui, ...app, redirectUri && `with ${redirectUri}`].filter(Boolean);
    it(`is chosen as documented: ${where.join(' ')}`, () => {
      assert.deepEqual(asCells(place), cells);
    });
  }

  it('is documented for every host, editor and kind of redirect URI', () => {
    const kinds = (of: (place: FlowQuery) => unknown) =>
      new Set(rows.map(({ place }) => of(place)));
    assert.deepEqual([...kinds(({ host }) => host)].sort(), ['local', 'remote', 'webWorker']);
    assert.deepEqual([...kinds(({ isPortable }) => isPortable)].sort(), [false, true]);
    assert.equal(kinds(({ redirectUri }) => redirectUri).size, 7);
  });

  for (const flow of FLOWS) {
    it(`is ${flow} wherever the settings say so, and else only paste`, () => {
      for (const { place } of rows) {
        if (place.redirectUri || isImpossible(flow, place)) continue;
        const open = chooseFlows({ ...place, signInFlow: flow }).filter((way) => !way.obstacle);
        const names = open.map((way) => way.flow);
        assert.deepEqual(names, flow === 'paste' ? ['paste'] : [flow, 'paste']);
      }
    });
  }

  it('is chosen as ever where the settings name the one that is impossible in a browser', () => {
    for (const { place } of rows.filter((row) => isImpossible('loopback', row.place))) {
      assert.deepEqual(chooseFlows({ ...place, signInFlow: 'loopback' }), chooseFlows(place));
    }
  });

  it('is not the one of the settings where their redirect URI belongs to another', () => {
    const [desktop] = rows;
    assert.ok(desktop);
    const redirectUri = 'https://vscode.dev/redirect';
    const [first] = chooseFlows({
      ...desktop.place,
      redirectUri,
      signInFlow: 'loopback',
    });
    assert.deepEqual(first, { flow: 'loopback', obstacle: 'otherRedirectUri' });
  });
});
