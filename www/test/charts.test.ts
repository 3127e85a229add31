import { describe, expect, it } from 'vitest';
import { type Picture, pictureName, toSvg } from '../src/page/chart-picture';
import { extremes } from '../src/page/chart-words';
import { direction, edges, labelLines, scoreShape } from '../src/page/radar';
import { score } from './fixtures';

const picture = (change: Partial<Picture> = {}): Picture => ({
  title: 'Trait scores',
  description: 'Openness: 80 of 100.',
  caption: 'A model · 1 May 2026 · Traitscope',
  colours: { ground: '#ffffff', ink: '#000000', soft: '#555555' },
  width: 300,
  height: 100,
  parts: [{ name: 'circle', attributes: { cx: 1 / 3, cy: 2, r: 4, fill: 'rgb(1, 2, 3)' }, children: [] }],
  ...change,
});

describe('a saved picture', () => {
  it('stands alone: a document with a title, a description, a ground, a caption and a font of its own', () => {
    const { svg, width, height } = toSvg(picture());
    expect(svg).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/,
    );
    expect(svg).toContain(`width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`);
    expect(svg).toContain('<title>Trait scores</title>');
    expect(svg).toContain('<desc>Openness: 80 of 100. A model · 1 May 2026 · Traitscope</desc>');
    expect(svg).toContain(`<rect width="${width}" height="${height}" fill="#ffffff"/>`);
    expect(svg).toContain('>A model · 1 May 2026 · Traitscope</text>');
    expect(svg).toContain('<circle cx="0.33" cy="2" r="4" fill="rgb(1, 2, 3)"/>');
    expect(svg).toContain('Arial, sans-serif"');
    expect(width).toBe(340);
  });

  it('is XML whatever a model or a trait is called', () => {
    const { svg } = toSvg(picture({ title: '<b> & "c"', caption: 'a\u0000b\ud800c\u{1f600}' }));
    expect(svg).toContain('<title>&lt;b&gt; &amp; &quot;c&quot;</title>');
    expect(svg).toContain('a\ufffdb\ufffdc\u{1f600}');
    expect(svg).not.toContain('\u0000');
  });

  it('breaks a long title and a long caption, and grows by their lines', () => {
    const long = 'A model of a very long name indeed · 1 May 2026, 10:00 · Traitscope';
    const [short, tall] = [toSvg(picture()), toSvg(picture({ caption: long }))];
    expect(tall.height).toBeGreaterThan(short.height);
    expect(tall.width).toBe(short.width);
    expect(tall.svg.match(/font-size="12"/g)).toHaveLength(2);
  });

  it('has a name that every file system takes', () => {
    expect(pictureName('Trait scores: a/b', 'Some Model Q4_1', 'png')).toBe(
      'traitscope-Trait-scores-a-b-Some-Model-Q4_1.png',
    );
  });
});

describe('what a chart says', () => {
  const words = (...values: (number | null)[]) =>
    extremes(
      values.map((value, i) => ({ name: `T${i + 1}`, value })),
      value => value.toFixed(0),
    );

  it('names the highest and the lowest, and those without a value', () => {
    expect(words(20, 80, 50)).toBe('highest T2 80, lowest T1 20');
    expect(words(20, null, 50)).toBe('highest T3 50, lowest T1 20; none for T2');
  });

  it('makes no order of what is shown alike', () => {
    expect(words(50.2, 50.4)).toBe('all at 50');
    expect(words(70)).toBe('T1 70');
    expect(words(null)).toBe('no values; none for T1');
  });
});

describe('a radar', () => {
  it('begins at the top and goes clockwise', () => {
    const rounded = [0, 1, 2, 3].map(axis => direction(axis, 4).map(value => Math.round(value) + 0));
    expect(rounded).toEqual([
      [0, -1],
      [1, 0],
      [0, 1],
      [-1, 0],
    ]);
  });

  it('leaves a gap where there is no score, and never draws it as 0', () => {
    const shape = scoreShape(
      'Letters',
      ['A', 'B', 'C', 'D'],
      [score('A', { score: 0 }), score('B', { score: 70 }), score('D', { score: 40 })],
    );
    expect(shape.spokes.map(spoke => spoke?.value ?? null)).toEqual([0, 70, null, 40]);
    expect(edges(shape)).toEqual([
      [0, 1],
      [3, 0],
    ]);
  });

  it('has short labels: broken at spaces and hyphens, else before a syllable, and cut where nothing helps', () => {
    expect(labelLines('Openness')).toEqual(['Openness']);
    expect(labelLines('Conscientiousness')).toEqual(['Conscien-', 'tiousness']);
    expect(labelLines('Machiavellianism')).toEqual(['Machiavel-', 'lianism']);
    expect(labelLines('Agreeableness')).toEqual(['Agreeable-', 'ness']);
    expect(labelLines('Honesty-Humility')).toEqual(['Honesty-', 'Humility']);
    expect(labelLines('Need for Cognition')).toEqual(['Need for', 'Cognition']);
    for (const name of ['x'.repeat(60), 'A trait with a name of many words', '尽责性'.repeat(9)]) {
      const lines = labelLines(name);
      expect(lines.length).toBeLessThanOrEqual(2);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(12);
    }
  });
});
