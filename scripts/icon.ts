/** Renders media/icon.svg as media/icon.png, which the Marketplace shows and vsce demands as a PNG. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { findOrInstallChromium, launchBrowser } from '../test/vscode/browser.ts';
import { root } from './paths.ts';

/** Width and height in pixels: the Marketplace shows 128, and screens of double density have twice as many. */
const SIZE = 256;

const svg = await readFile(path.join(root, 'media', 'icon.svg'), 'utf8');
const executable = await findOrInstallChromium((line) => console.log(line));
const browser = await launchBrowser({ executable, headless: true });
try {
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${svg}`,
  );
  const file = path.join(root, 'media', 'icon.png');
  await page.screenshot({ path: file, omitBackground: true });
} finally {
  await browser.close();
}
