/** A picture of a chart as plain data, and the SVG document of it that needs nothing of the page. */

/** An SVG element with all that it looks like in its attributes. */
export interface Part {
  name: string;
  attributes: Record<string, string | number>;
  children: (Part | string)[];
}

export interface Picture {
  title: string;
  /** What the chart shows, in words. */
  description: string;
  /** Where it is from. */
  caption: string;
  colours: { ground: string; ink: string; soft: string };
  /** Room that the parts take from their origin on. */
  width: number;
  height: number;
  parts: Part[];
}

/** Programs that know no `system-ui` have one of the others. */
const FONTS = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const MARGIN = 20;
const TITLE = 16;
const CAPTION = 12;
const LINE = 1.35;
/** A narrow chart still has a title and a caption. */
const LEAST_WIDTH = 240;

/** The document, with its size in CSS pixels. */
export function toSvg(picture: Picture): { svg: string; width: number; height: number } {
  const { title, description, caption, colours, parts } = picture;
  const room = Math.max(LEAST_WIDTH, picture.width);
  const titles = wrapped(title, room, TITLE);
  const captions = wrapped(caption, room, CAPTION);
  const top = MARGIN + titles.length * TITLE * LINE + 12;
  const under = top + picture.height + 8;
  const width = Math.ceil(room + 2 * MARGIN);
  const height = Math.ceil(under + captions.length * CAPTION * LINE + MARGIN);
  const words = (lines: string[], from: number, size: number, look: Part['attributes']): Part[] =>
    lines.map((line, i) => ({
      name: 'text',
      attributes: { x: MARGIN, y: from + (i + 0.75) * size * LINE, 'font-size': size, ...look },
      children: [line],
    }));
  const root: Part = {
    name: 'svg',
    attributes: {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'font-family': FONTS,
    },
    children: [
      { name: 'title', attributes: {}, children: [title] },
      { name: 'desc', attributes: {}, children: [`${description || title} ${caption}`] },
      { name: 'rect', attributes: { width, height, fill: colours.ground }, children: [] },
      ...words(titles, MARGIN, TITLE, { fill: colours.ink, 'font-weight': 600 }),
      { name: 'g', attributes: { transform: `translate(${MARGIN} ${round(top)})` }, children: parts },
      ...words(captions, under, CAPTION, { fill: colours.soft }),
    ],
  };
  return { svg: `<?xml version="1.0" encoding="UTF-8"?>\n${markup(root)}\n`, width, height };
}

function markup({ name, attributes, children }: Part): string {
  const named = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(typeof value === 'number' ? String(round(value)) : value)}"`,
  );
  const open = `<${name}${named.join('')}`;
  if (children.length === 0) return `${open}/>`;
  return `${open}>${children.map(child => (typeof child === 'string' ? escaped(child) : markup(child))).join('')}</${name}>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text of a model or a file may hold what XML has no place for. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\u{fffd}')
    .replaceAll(/[&<>"]/g, found => ENTITIES[found] ?? found);
}

function round(value: number): number {
  return Number(value.toFixed(2));
}

/** A text in lines that fit, going by how wide letters are on average: no program's font is known. */
function wrapped(text: string, width: number, size: number): string[] {
  const most = Math.floor(width / (0.56 * size));
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines[lines.length - 1] ?? '';
    if (line !== '' && line.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

/** What a saved picture is called. */
export function pictureName(title: string, model: string, extension: 'svg' | 'png'): string {
  const clean = (text: string) => text.replaceAll(/[^\w.-]+/g, '-').slice(0, 60);
  return `traitscope-${clean(title)}-${clean(model)}.${extension}`;
}
