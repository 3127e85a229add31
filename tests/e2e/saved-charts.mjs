// Charts as they are saved: what other programs find in their SVG and PNG, and whether that stands alone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { now } from './with-double.mjs';

/** Saves a chart; its bytes and its name. */
export async function saved(page, kind, name) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: `Save as ${kind}: ${name}`, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** What another program finds in an SVG: a page without the style sheets, policy and elements of ours. */
async function parsed(svg) {
  const page = await now.browser.context.newPage();
  const found = await page.evaluate(text => {
    const { documentElement: root } = new DOMParser().parseFromString(text, 'image/svg+xml');
    const all = [...root.querySelectorAll('*')];
    const corners = node => node.getAttribute('points')?.trim().split(/\s+/).length;
    const isPoint = node =>
      node.nodeName === 'circle' || (node.nodeName === 'polygon' && corners(node) === 3);
    return {
      root: root.nodeName,
      size: ['width', 'height'].map(name => Number(root.getAttribute(name))),
      title: root.querySelector('title').textContent,
      desc: root.querySelector('desc').textContent,
      ground: root.querySelector('rect').getAttribute('fill'),
      texts: [...root.querySelectorAll('text')].map(node => node.textContent),
      names: [...new Set(all.map(node => node.nodeName))],
      attributes: [...new Set(all.flatMap(node => node.getAttributeNames()))],
      fills: [...new Set([...root.querySelectorAll('text')].map(node => node.getAttribute('fill')))],
      strokes: [...new Set(all.map(node => node.getAttribute('stroke')))].filter(
        one => one && one !== 'none',
      ),
      points: all.filter(isPoint).map(node => {
        const share = name => Number(node.getAttribute(name) ?? 1);
        return {
          fill: node.getAttribute('fill'),
          share: share('opacity') * share('fill-opacity'),
          stroke: node.getAttribute('stroke'),
        };
      }),
      bare: all.filter(node => node.nodeName === 'text' && !node.hasAttribute('fill')).length,
    };
  }, svg);
  await page.close();
  return found;
}

/** Red, green and blue of `#1c2026` or `rgb(28, 32, 38)`. */
function parts(colour) {
  return colour.startsWith('#')
    ? [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16))
    : colour.match(/[\d.]+/g).map(Number);
}

/** A colour through which the ground is seen. */
function over(ground, colour, share) {
  const below = parts(ground);
  const mixed = parts(colour).map((value, i) => share * value + (1 - share) * below[i]);
  return `rgb(${mixed.join(', ')})`;
}

/** How much lighter one colour is than another, as WCAG 2.2 counts it. */
function contrast(one, other) {
  const [a, b] = [one, other].map(colour => {
    const [red, green, blue] = parts(colour).map(value =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  });
  return Math.max(a, b) / Math.min(a, b);
}

/** Size and number of colours of a PNG. */
async function pixels(bytes) {
  const page = await now.browser.context.newPage();
  const found = await page.evaluate(async base64 => {
    const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const data = new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
    return { size: [bitmap.width, bitmap.height], colours: new Set(data).size, corner: data[0] >>> 0 };
  }, bytes.toString('base64'));
  await page.close();
  return found;
}

/** Saves a chart as both, and fails unless each stands alone; `date` is how the picture says when it was measured. */
export async function bothStandAlone(page, name, date = /20\d\d/) {
  const vector = await saved(page, 'SVG', name);
  assert.match(vector.name, /^traitscope-[\w.-]+\.svg$/);
  const text = vector.bytes.toString('utf8');
  assert.doesNotMatch(text, /var\(|class=|style=|<style|url\(|href|NaN|undefined/);
  const picture = await parsed(text);
  assert.equal(picture.root, 'svg');
  assert.equal(picture.title, name);
  assert.match(picture.desc, /Traitscope$/);
  assert.equal(picture.bare, 0);
  const words = picture.texts.join(' ');
  assert.match(words, new RegExp(`Double 135M.* · .*${date.source}.* · Traitscope`));
  const image = await saved(page, 'PNG', name);
  assert.match(image.name, /^traitscope-[\w.-]+\.png$/);
  assert.deepEqual([...image.bytes.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  const drawn = await pixels(image.bytes);
  assert.deepEqual(
    drawn.size,
    picture.size.map(side => 2 * side),
  );
  assert.ok(drawn.colours > 3, `${drawn.colours} colours`);
  await legible(page, name);
  return { picture, drawn, text };
}

/** Fails unless in both colour schemes the texts of a chart are read, and its points and at least one kind of its lines are seen. */
async function legible(page, name) {
  const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const { bytes } = await saved(page, 'SVG', name);
    const { ground, fills, strokes, points } = await parsed(bytes.toString('utf8'));
    assert.equal(ground, colorScheme === 'dark' ? '#1c2026' : '#fffefb', name);
    for (const fill of fills) {
      const found = contrast(fill, ground);
      assert.ok(
        found >= 4.5,
        `${name}, ${colorScheme}: text of ${fill} on ${ground} has ${found.toFixed(2)}`,
      );
    }
    for (const { fill, share, stroke } of points) {
      const drawn = [fill === 'none' ? null : over(ground, fill, share), stroke].filter(Boolean);
      const found = Math.max(...drawn.map(colour => contrast(colour, ground)));
      assert.ok(found >= 3, `${name}, ${colorScheme}: a point of ${fill} has ${found.toFixed(2)}`);
    }
    // The lines of a grid may be faint; one at least is not.
    if (strokes.length > 0)
      assert.ok(Math.max(...strokes.map(stroke => contrast(stroke, ground))) >= 3, `${name}, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
}
