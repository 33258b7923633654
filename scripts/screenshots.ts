/**
 * Saves a screenshot of every surface of the extension in each look in `out/screenshots`, and the
 * parts that README and the walkthrough show in `media/screenshots`.
 */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeCompetingExtension } from '../test/e2e/competingExtension.ts';
import { Fixture } from '../test/editorFixture.ts';
import { closeSharedEditors } from '../test/sharedEditors.ts';
import { packageExtension } from './packageExtension.ts';
import { example, out, root, vsix } from './paths.ts';
import { ScreenshotTour, type Shoot } from './screenshotTour.ts';

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

/** The screenshots in `media/screenshots`: the surface, the looks, and the part of the window. */
const published: readonly {
  readonly surface: string;
  readonly looks: readonly string[];
  readonly clip: (width: number) => { x: number; y: number; width: number; height: number };
}[] = [
  {
    surface: 'accounts-menu',
    looks: ['light', 'dark', 'high-contrast'],
    clip: () => ({ x: 0, y: 600, width: 620, height: 200 }),
  },
  { surface: 'set-up-2-redirect-uris', looks: ['light'], clip: topCentre },
  { surface: 'show-accounts', looks: ['light'], clip: topCentre },
];

function topCentre(width: number) {
  return { x: (width - 620) / 2, y: 0, width: 620, height: 170 };
}

await packageExtension();
const folder = path.join(out, 'screenshots');
const media = path.join(root, 'media', 'screenshots');
await rm(folder, { recursive: true, force: true });
await mkdir(media, { recursive: true });
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
  const editor = await Fixture.open({ extensions, settings, clientId: '' });
  const shoot: Shoot = async (name, page) => {
    await page.emulateMedia({ colorScheme, forcedColors: forcedColors ?? 'none' });
    const shot = { animations: 'disabled', caret: 'hide' } as const;
    await page.screenshot({ ...shot, path: path.join(folder, look, `${name}.png`) });
    console.log(`  ${name}`);
    const part = published.find(({ surface, looks }) => surface === name && looks.includes(look));
    const file = path.join(media, `${name}-${look}.png`);
    if (part) await page.screenshot({ ...shot, path: file, clip: part.clip(width) });
  };
  try {
    await editor.workbench.page.setViewportSize({ width, height: 800 });
    await new ScreenshotTour(editor, shoot).run();
  } finally {
    await editor.close();
  }
}
