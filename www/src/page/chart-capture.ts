import type { Part } from './chart-picture';

/** A chart as it stands on the page: what it is drawn with, what it says, and the room it takes. */
export interface Captured {
  parts: Part[];
  description: string;
  width: number;
  height: number;
}

/** Where an attribute of a drawing says what it is, not what it looks like. */
const GEOMETRY: Record<string, string[]> = {
  g: ['transform'],
  line: ['x1', 'x2', 'y1', 'y2'],
  rect: ['x', 'y', 'width', 'height', 'rx'],
  circle: ['cx', 'cy', 'r'],
  polyline: ['points'],
  polygon: ['points'],
  path: ['d'],
  text: ['x', 'y'],
  tspan: ['x', 'dy'],
  title: [],
};
/** What style sheets decide, with the value that goes without saying. */
const LOOK: Record<string, string> = {
  fill: '',
  stroke: 'none',
  'stroke-width': '1',
  'stroke-dasharray': 'none',
  'stroke-linejoin': 'miter',
  opacity: '1',
  'fill-opacity': '1',
  'shape-rendering': 'auto',
};
const LETTERS: Record<string, string> = {
  'font-size': '',
  'font-weight': '400',
  'text-anchor': 'start',
};
/** Of the height of a line of text, what lies above its baseline; nearly the same in all fonts. */
const ASCENT = 0.8;
/** What belongs to a chart on the page and not in a picture of it, which has a title of its own. */
const LEFT_OUT = 'details, button, h4, caption, ts-help, [aria-live]';

/** What elements show, with every style resolved. */
export function capture(elements: Element[]): Captured {
  const drawing = new Drawing();
  for (const element of elements) drawing.element(element);
  return drawing.done();
}

class Drawing {
  readonly #parts: Part[] = [];
  readonly #words: string[] = [];
  readonly #rects: DOMRect[] = [];

  element(element: Element): void {
    if (element.matches(LEFT_OUT)) return;
    this.#listen(element);
    if (element instanceof SVGSVGElement) {
      this.#svg(element);
      return;
    }
    const style = getComputedStyle(element);
    // Hidden from view, and said instead.
    if (style.display === 'none' || style.clipPath !== 'none') return;
    this.#box(element, style);
    const { shadowRoot } = element;
    const nodes =
      element instanceof HTMLSlotElement
        ? element.assignedNodes({ flatten: true })
        : (shadowRoot ?? element).childNodes;
    // A sentence whose words were put together from several texts is one sentence.
    let texts: Text[] = [];
    for (const node of nodes) {
      if (node instanceof Text) texts.push(node);
      if (!(node instanceof Element)) continue;
      this.#text(texts, style);
      texts = [];
      this.element(node);
    }
    this.#text(texts, style);
  }

  done(): Captured {
    const left = Math.min(...this.#rects.map(rect => rect.left));
    const top = Math.min(...this.#rects.map(rect => rect.top));
    const attributes = { transform: `translate(${(-left).toFixed(2)} ${(-top).toFixed(2)})` };
    return {
      parts: this.#rects.length > 0 ? [{ name: 'g', attributes, children: this.#parts }] : [],
      description: this.#words.join(' '),
      width: Math.max(0, ...this.#rects.map(rect => rect.right - left)),
      height: Math.max(0, ...this.#rects.map(rect => rect.bottom - top)),
    };
  }

  /** What is said of the chart to those who do not see it. */
  #listen(element: Element): void {
    const role = element.getAttribute('role');
    const said = role === 'listitem' ? element.textContent : element.getAttribute('aria-label');
    if (said && (role === 'img' || role === 'list' || role === 'listitem')) this.#say(said);
    // What a table comes to stands beside it.
    const by = element.getAttribute('aria-describedby');
    const beside = by === null ? null : (element.getRootNode() as ShadowRoot).getElementById(by);
    if (beside) this.#say(beside.textContent ?? '');
  }

  #say(said: string): void {
    this.#words.push(`${said.trim().replaceAll(/\s+/g, ' ')}.`.replace('..', '.'));
  }

  #box(element: Element, style: CSSStyleDeclaration): void {
    const rect = element.getBoundingClientRect();
    const filled = !/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor);
    const framed = style.outlineStyle === 'solid';
    if (rect.width === 0 || !(filled || framed)) return;
    this.#rects.push(rect);
    const stroke = framed
      ? { stroke: style.outlineColor, 'stroke-width': Number.parseFloat(style.outlineWidth) }
      : {};
    this.#parts.push({
      name: 'rect',
      attributes: { ...place(rect), fill: filled ? style.backgroundColor : 'none', ...stroke },
      children: [],
    });
  }

  #svg(element: SVGSVGElement): void {
    const rect = element.getBoundingClientRect();
    if (rect.width === 0) return;
    this.#rects.push(rect);
    const scale = element.viewBox.baseVal?.width ? rect.width / element.viewBox.baseVal.width : 1;
    this.#parts.push({
      name: 'g',
      attributes: {
        transform: `translate(${rect.left.toFixed(2)} ${rect.top.toFixed(2)})${scale === 1 ? '' : ` scale(${scale.toFixed(4)})`}`,
      },
      children: [...element.children].flatMap(drawn),
    });
  }

  /** Texts side by side as lines where the page breaks them. */
  #text(nodes: Text[], style: CSSStyleDeclaration): void {
    const range = document.createRange();
    const lines: { text: string; rect: DOMRect; right: number }[] = [];
    let apart = false;
    for (const node of nodes) {
      for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const rect = range.getBoundingClientRect();
        const line = lines.at(-1);
        if (rect.width > 0 && line && Math.abs(line.rect.top - rect.top) < 2) {
          line.text += `${apart || index > 0 ? ' ' : ''}${word}`;
          line.right = rect.right;
        } else if (rect.width > 0) lines.push({ text: word, rect, right: rect.right });
        apart = false;
      }
      apart ||= /\s$/.test(node.data);
    }
    const end = style.textAlign === 'end' || style.textAlign === 'right';
    const middle = style.textAlign === 'center';
    for (const { text, rect, right } of lines) {
      this.#rects.push(new DOMRect(rect.left, rect.top, right - rect.left, rect.height));
      this.#parts.push({
        name: 'text',
        attributes: {
          x: end ? right : middle ? (rect.left + right) / 2 : rect.left,
          y: rect.top + ASCENT * rect.height,
          fill: style.color,
          'font-size': Number.parseFloat(style.fontSize),
          'font-weight': style.fontWeight,
          ...(end || middle ? { 'text-anchor': end ? 'end' : 'middle' } : {}),
        },
        children: [text],
      });
    }
  }
}

/** Part of a drawing with what it looks like. */
function drawn(element: Element): Part[] {
  const { localName: name } = element;
  const geometry = GEOMETRY[name];
  if (!geometry) return [];
  const children = [...[...element.children].flatMap(drawn), ...own(element)];
  const attributes: Part['attributes'] = {};
  for (const key of geometry) {
    const value = length(element, key) ?? rounded(element.getAttribute(key));
    if (value !== null) attributes[key] = value;
  }
  if (name === 'title') return [{ name, attributes, children }];
  const style = getComputedStyle(element);
  const look = name === 'text' || name === 'tspan' ? { ...LOOK, ...LETTERS } : LOOK;
  for (const [key, usual] of Object.entries(look)) {
    const value = style.getPropertyValue(key).replaceAll(/(\d)px/g, '$1');
    if (value !== usual && !(name === 'line' && key === 'fill')) attributes[key] = value;
  }
  return [{ name, attributes, children }];
}

/** The words of an element without those of its parts. */
function own(element: Element): string[] {
  const texts = [...element.childNodes].map(node => (node instanceof Text ? node.data : ''));
  const text = texts.join('').replaceAll(/\s+/g, ' ').trim();
  return text === '' ? [] : [text];
}

/** Numbers in a list of places, to a hundredth. */
function rounded(text: string | null): string | null {
  return text?.replaceAll(/\d+\.\d{3,}/g, number => String(Number(Number(number).toFixed(2)))) ?? null;
}

/** A length of a drawing in its own units, where it may be a share of the whole. */
function length(element: Element, key: string): number | null {
  if (!element.hasAttribute(key)) return null;
  const value = (element as unknown as Record<string, unknown>)[key];
  return value instanceof SVGAnimatedLength ? value.baseVal.value : null;
}

function place({ left, top, width, height }: DOMRect): Part['attributes'] {
  return { x: left, y: top, width, height };
}
