import { readFile, writeFile } from 'node:fs/promises';
import { encode } from 'modern-gif';
import { findOrInstallChromium, launchBrowser } from '../test/vscode/browser.ts';

/** The size of the moving picture, in pixels: that of the screenshots, so that texts stay sharp. */
const SIZE = { width: 1280, height: 800 };
/** How long a frame stays, in milliseconds; the last one stays longer, so that it can be read. */
const FRAME_MS = 1800;
const LAST_FRAME_MS = 4000;

/** Makes an animated GIF of screenshots, which are PNG files in the order of their steps. */
export async function makeMovingPicture(screenshots: readonly string[], file: string) {
  const frames = await Promise.all(screenshots.map((one) => readFile(one, 'base64')));
  const pixels = await pixelsOf(frames);
  const gif = await encode({
    ...SIZE,
    frames: pixels.map((data, index) => ({
      ...SIZE,
      data: new Uint8ClampedArray(data),
      delay: index === pixels.length - 1 ? LAST_FRAME_MS : FRAME_MS,
    })),
  });
  await writeFile(file, new Uint8Array(gif));
}

/** Lets a browser decode PNG files. Returns the pixels as RGBA. */
async function pixelsOf(frames: readonly string[]): Promise<Buffer[]> {
  const executable = await findOrInstallChromium((line) => console.log(line));
  const browser = await launchBrowser({ executable, headless: true });
  try {
    const page = await browser.newPage();
    const encoded: string[] = [];
    for (const frame of frames)
      encoded.push(
        await page.evaluate<string>(`(${DECODE})(${JSON.stringify({ frame, ...SIZE })})`),
      );
    return encoded.map((one) => Buffer.from(one, 'base64'));
  } finally {
    await browser.close();
  }
}

/** Runs in the browser: decodes a PNG file, which is Base64, and returns its pixels as Base64. */
const DECODE = `async ({ frame, width, height }) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + frame;
  await image.decode();
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0, width, height);
  return new Uint8Array(context.getImageData(0, 0, width, height).data.buffer).toBase64();
}`;
