import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { DesktopSecrets } from '../../vscode/desktopSecrets.ts';

/** A window that records the keys of the secrets that have changed. */
class Window extends EventEmitter {
  readonly #secrets: DesktopSecrets;
  readonly told: string[] = [];

  constructor(secrets: DesktopSecrets) {
    super();
    this.#secrets = secrets;
    this.open();
  }

  open = () => this.#secrets.answer(this, { action: 'open' });
  get = () => this.#secrets.answer(this, { action: 'get', key: 'k' });
  keys = () => this.#secrets.answer(this, { action: 'keys' });
  set = (value: string) => this.#secrets.answer(this, { action: 'set', key: 'k', value });
  delete = () => this.#secrets.answer(this, { action: 'delete', key: 'k' });

  secretChanged(key: string): void {
    this.told.push(key);
    this.emit('told');
  }
}

/** About test/vscode/desktopSecrets.ts. */
describe('the secrets of desktop-like windows', () => {
  it('are visible to the writer at once, and to the other windows later, with an event', async () => {
    const secrets = new DesktopSecrets();
    const [writer, other] = [new Window(secrets), new Window(secrets)];
    writer.set('one');
    assert.deepEqual([writer.get(), other.get()], ['one', undefined]);
    await once(other, 'told');
    assert.deepEqual([other.get(), other.keys()], ['one', ['k']]);

    other.delete();
    assert.deepEqual([writer.get(), other.get()], ['one', undefined]);
    await once(writer, 'told');
    assert.deepEqual([writer.get(), writer.keys()], [undefined, []]);
    assert.deepEqual([writer.told, other.told], [['k'], ['k']]);
  });

  it('are all visible to a window that loads, which gets no event for them', async () => {
    const secrets = new DesktopSecrets();
    const [writer, other, closed] = [1, 2, 3].map(() => new Window(secrets));
    assert.ok(writer && other && closed);
    writer.set('one');
    other.open();
    secrets.forget(closed);
    assert.equal(new Window(secrets).get(), 'one');
    assert.equal(other.get(), 'one');
    other.set('two');
    await once(writer, 'told');
    assert.deepEqual([other.told, closed.told], [[], []]);
  });

  it('fire no event in a window that has set the same value itself', async () => {
    const secrets = new DesktopSecrets();
    const [one, two, third] = [1, 2, 3].map(() => new Window(secrets));
    assert.ok(one && two && third);
    one.set('same');
    two.set('same');
    await once(third, 'told');
    assert.deepEqual([one.told, two.told, third.told], [[], [], ['k']]);
  });
});
