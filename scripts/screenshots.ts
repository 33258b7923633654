/**
 * Saves a screenshot of every surface of the extension in each look in `out/screenshots`, and the
 * parts that README and the walkthrough show in `media/screenshots`. Makes the moving picture of README
 * from the screenshots of `npm start -- --headless`.
 */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { writeCompetingExtension } from '../test/e2e/competingExtension.ts';
import { Fixture } from '../test/editorFixture.ts';
import { closeSharedEditors } from '../test/sharedEditors.ts';
import { packageExtension } from './packageExtension.ts';
import { makeMovingPicture } from './movingPicture.ts';
import { example, out, root, vsix } from './paths.ts';
import { ScreenshotTour, type Shoot } from './screenshotTour.ts';
import { signInByItself } from './signInByItself.ts';

/** A color theme and the width of the window, as users have them. */
interface Look {
  readonly theme: string;
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
  readonly forcedColors?: 'active';
}

const looks: Readonly<Record<string, Look>> = {
  light: { theme: 'Default Light Modern', colorScheme: 'light', width: 1560 },
  dark: { theme: 'Default Dark Modern', colorScheme: 'dark', width: 1560 },
  'high-contrast': {
    theme: 'Default High Contrast',
    colorScheme: 'dark',
    width: 1560,
    forcedColors: 'active',
  },
  narrow: { theme: 'Default Light Modern', colorScheme: 'light', width: 640 },
};

/** The screenshots in `media/screenshots`: the surface, the looks, and the elements that are shown. */
const published: readonly {
  readonly surface: string;
  readonly looks: readonly string[];
  readonly elements: readonly string[];
}[] = [
  {
    surface: 'accounts-menu',
    looks: ['light', 'dark', 'high-contrast'],
    elements: ['.monaco-menu >> nth=0', '.monaco-menu >> nth=1', '.codicon-accounts-view-bar-icon'],
  },
  { surface: 'set-up-2-redirect-uris', looks: ['light'], elements: ['.quick-input-widget'] },
  { surface: 'show-accounts', looks: ['light'], elements: ['.quick-input-widget'] },
];

/** Returns the part of the page that has these elements, with a margin. */
async function partWith(page: Page, elements: readonly string[]) {
  const margin = 20;
  const boxes = await Promise.all(elements.map((one) => page.locator(one).first().boundingBox()));
  const found = boxes.filter((box) => box !== null);
  if (found.length < elements.length) throw new Error(`The page lacks one of ${elements.join()}.`);
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  const x = Math.max(0, Math.min(...found.map((box) => box.x)) - margin);
  const y = Math.max(0, Math.min(...found.map((box) => box.y)) - margin);
  const right = Math.min(width, Math.max(...found.map((box) => box.x + box.width)) + margin);
  const bottom = Math.min(height, Math.max(...found.map((box) => box.y + box.height)) + margin);
  return { x, y, width: right - x, height: bottom - y };
}

await packageExtension();
const folder = path.join(out, 'screenshots');
const media = path.join(root, 'media', 'screenshots');
await rm(folder, { recursive: true, force: true });
await mkdir(media, { recursive: true });
const steps = await signInByItself([vsix, example]);
await makeMovingPicture(steps, path.join(media, 'sign-in.gif'));
try {
  for (const [look, options] of Object.entries(looks)) await shootIn(look, options);
} finally {
  await closeSharedEditors();
}

async function shootIn(look: string, options: Look): Promise<void> {
  console.log(`Screenshots of the look “${look}”:`);
  const { theme, colorScheme, width, forcedColors } = options;
  const extensions = [vsix, example, await writeCompetingExtension('main')];
  const settings = { 'workbench.colorTheme': theme };
  const editor = await Fixture.open({ extensions, settings, clientId: '', pixelRatio: 2 });
  const shoot: Shoot = async (name, page) => {
    await page.emulateMedia({ colorScheme, forcedColors: forcedColors ?? 'none' });
    const shot = { animations: 'disabled', caret: 'hide' } as const;
    await page.screenshot({ ...shot, path: path.join(folder, look, `${name}.png`) });
    console.log(`  ${name}`);
    const part = published.find(({ surface, looks }) => surface === name && looks.includes(look));
    const file = path.join(media, `${name}-${look}.png`);
    if (!part) return;
    await page.screenshot({ ...shot, path: file, clip: await partWith(page, part.elements) });
  };
  try {
    await editor.workbench.page.setViewportSize({ width, height: 800 });
    await new ScreenshotTour(editor, shoot).run();
  } finally {
    await editor.close();
  }
}
