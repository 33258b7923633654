import { Fixture } from '../editorFixture.ts';
import { OLDEST_EDITOR } from '../vscode/serverBuild.ts';

/** About `engines` in package.json. */
describe('the oldest editor that the manifest allows, VS Code 1.105', function () {
  this.timeout(300_000);
  let editor: Fixture;

  before(async () => (editor = await Fixture.open({ version: OLDEST_EDITOR })));
  after(() => editor.close());

  it('signs in', async () => {
    await editor.signIn('Alva Lind');
  });
});
