import { css, html, LitElement, svg } from 'lit';
import { words } from '../../i18n/all';
import { extremes } from '../chart-words';
import { decimal } from '../format';
import { direction, edges, labelLines, type Point, type Shape } from '../radar';
import { shared } from './base';
import { chartStyles, keyStyles } from './chart-parts';

const WIDTH = 360;
const RADIUS = 94;
/** Room for two lines of a name. */
const MARGIN = 40;
const HEIGHT = 2 * (RADIUS + MARGIN);
const LINE = 14;

/** Scores on axes from a common middle, with intervals; a second reading beside them has another mark and dash. */
export class ScoreRadarElement extends LitElement {
  static override properties = {
    axes: { attribute: false },
    shapes: { attribute: false },
    ends: { attribute: false },
    digits: { type: Number },
  };
  declare axes: string[];
  /** One or two readings of the axes. */
  declare shapes: Shape[];
  /** The values in the middle and at the rim. */
  declare ends: [low: number, high: number];
  /** Digits after the point in words. */
  declare digits: number;

  constructor() {
    super();
    this.ends = [0, 100];
    this.digits = 0;
  }

  static override styles = [
    shared,
    chartStyles,
    keyStyles,
    css`
      svg {
        max-inline-size: 26rem;
        margin-inline: auto;
        overflow: visible;
      }
      text {
        font-size: 13px;
      }
      .scale {
        font-size: 10px;
      }
      .ring {
        fill: none;
        stroke: var(--line);
      }
      .neutral {
        fill: none;
        stroke: var(--line-strong);
        stroke-dasharray: 2 3;
      }
      .area {
        fill: var(--accent);
        opacity: 0.12;
      }
      .first {
        stroke: var(--accent);
      }
      .second {
        stroke: var(--ink);
      }
      .edge {
        stroke-width: 2;
      }
      .second.edge {
        stroke-dasharray: 6 4;
      }
      .whisker {
        stroke-width: 1.5;
      }
      .first.point {
        fill: var(--accent);
      }
      .second.point {
        fill: var(--surface);
        stroke-width: 2;
      }
      .key {
        justify-content: center;
      }
      .key svg {
        inline-size: 2rem;
        block-size: 1rem;
        margin: 0;
        flex: none;
      }
      p {
        margin-block-start: 0.4rem;
        font-size: 0.85rem;
        line-height: 1.4;
        color: var(--ink-soft);
      }
    `,
  ];

  override render() {
    const { axes, shapes, ends } = this;
    const [low, high] = ends;
    const count = axes.length;
    const middle = (low + high) / 2;
    const at = (axis: number, value: number, aside = 0): Point => {
      const [x, y] = direction(axis, count);
      const r = (RADIUS * (value - low)) / (high - low);
      return [WIDTH / 2 + r * x - aside * y, HEIGHT / 2 + r * y + aside * x];
    };
    const ring = (value: number, kind: string) =>
      svg`<polygon class=${kind} points=${axes.map((_, i) => at(i, value).join()).join(' ')} />`;
    return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${this.#words()}>
        ${ring(high, 'ring')} ${axes.map((_, i) => line(at(i, low), at(i, high), 'grid'))} ${ring(middle, 'neutral')}
        ${shapes.map((shape, i) => this.#shape(shape, i, at))}
        ${[low, middle, high].map(value => {
          const [x, y] = at(0, value);
          return svg`<text class="scale" x=${x - 9} y=${y + 3.5} text-anchor="end">${plain(value)}</text>`;
        })}
        ${axes.map((name, i) => label(name, direction(i, count)))}
      </svg>
      <div class="key" aria-hidden="true">
        ${shapes.map(({ name }, i) => html`<span><svg viewBox="0 0 32 16">${line([0, 8], [32, 8], `${kindOf(i)} edge`)}${mark([16, 8], i)}</svg>${name}</span>`)}
        <span><svg viewBox="0 0 32 16">${svg`<line class="neutral" x1="0" x2="32" y1="8" y2="8" />`}</svg>${words.charts.radar.neutral(plain(middle))}</span>
      </div>
      <p>${words.charts.radar.caution}</p>`;
  }

  #shape(shape: Shape, place: number, at: (axis: number, value: number, aside?: number) => Point) {
    const kind = kindOf(place);
    const { spokes } = shape;
    const points = spokes.map((spoke, i) => (spoke ? at(i, spoke.value) : null));
    // Where two readings have whiskers, these stand side by side.
    const both = this.shapes.every(one => one.spokes.some(spoke => spoke?.interval));
    const aside = this.shapes.length > 1 && both ? 5 * place - 2.5 : 0;
    return svg`
      ${place === 0 && !points.includes(null) ? svg`<polygon class="area" points=${points.map(point => point?.join()).join(' ')} />` : null}
      ${edges(shape).map(([from, to]) => line(points[from] ?? [0, 0], points[to] ?? [0, 0], `${kind} edge`))}
      ${spokes.map((spoke, i) =>
        spoke?.interval
          ? svg`${line(at(i, spoke.interval[0], aside), at(i, spoke.interval[1], aside), `${kind} whisker`)}
              ${spoke.interval.map(end => line(at(i, end, aside - 3), at(i, end, aside + 3), `${kind} whisker`))}`
          : null,
      )}
      ${points.map(point => (point ? mark(point, place) : null))}
    `;
  }

  #words(): string {
    const { axes, shapes, ends, digits } = this;
    const said = words.charts.radar;
    const found = shapes.map(({ name, spokes }) =>
      said.shape(
        name,
        extremes(
          axes.map((axis, i) => ({ name: axis, value: spokes[i]?.value ?? null })),
          value => decimal(value, digits),
        ),
      ),
    );
    const [low, high] = ends;
    return said.label(axes.length, low, high, plain((low + high) / 2), found);
  }
}

/** A number on the scale, which may lie between two whole ones. */
function plain(value: number): string {
  return decimal(value, Number.isInteger(value) ? 0 : 1);
}

function kindOf(place: number): 'first' | 'second' {
  return place === 0 ? 'first' : 'second';
}

function line([x1, y1]: Point, [x2, y2]: Point, kind: string) {
  return svg`<line class=${kind} x1=${x1} y1=${y1} x2=${x2} y2=${y2} />`;
}

/** A point, of a shape of its own for each reading. */
function mark([x, y]: Point, place: number) {
  return place === 0
    ? svg`<circle class="first point" cx=${x} cy=${y} r="4.5" />`
    : svg`<rect class="second point" x=${x - 4} y=${y - 4} width="8" height="8" />`;
}

/** A name beyond the end of its axis: above it, below it or beside it. */
function label(name: string, [x, y]: Point) {
  const lines = labelLines(name);
  const beside = Math.abs(x) > 0.2;
  const anchor = beside ? (x > 0 ? 'start' : 'end') : 'middle';
  // Above, the last line is the nearest; below, the first one.
  const first = ((y - 1) / 2) * (lines.length - 1) * LINE + 4.5 + (beside ? 0 : y * 5);
  const [left, top] = [WIDTH / 2 + (RADIUS + 10) * x, HEIGHT / 2 + (RADIUS + 10) * y];
  return svg`<text text-anchor=${anchor} x=${left} y=${top + first}>
    <title>${name}</title>${lines.map((text, i) => svg`<tspan x=${left} dy=${i === 0 ? 0 : LINE}>${text}</tspan>`)}
  </text>`;
}

customElements.define('ts-score-radar', ScoreRadarElement);
