import { css, html, LitElement, svg } from 'lit';
import { words } from '../../i18n/all';
import type { ChanceEffects, DoseCurve, DosePoint } from '../../types';
import { beyond } from '../dials';
import { signed } from '../format';
import { traitLabel } from '../wording';
import { shared } from './base';
import { chartStyles, niceTicks } from './chart-parts';

const WIDTH = 640;
const HEIGHT = 300;
const PLOT = { left: 62, right: 24, top: 14, bottom: 56 };

/** A trait's answers along the doses of a direction, with what directions of chance of the same size do. */
export class DoseChartElement extends LitElement {
  static override properties = {
    curve: { attribute: false },
    chance: { attribute: false },
    dose: { type: Number },
    usable: { attribute: false },
    direction: {},
  };
  declare curve: DoseCurve;
  /** Changes against the unsteered model, by dose. */
  declare chance: ChanceEffects[];
  /** Where the dial stands, if it is on the chart. */
  declare dose: number | null;
  declare direction: string;
  /** The doses within which texts hold together, where that is known. */
  declare usable: [number, number] | null;

  constructor() {
    super();
    this.dose = null;
    this.usable = null;
  }

  static override styles = [
    shared,
    chartStyles,
    css`
      .line {
        fill: none;
        stroke: var(--accent);
        stroke-width: 2.5;
      }
      .whisker {
        stroke: var(--accent);
        stroke-width: 1.5;
      }
      .point {
        fill: var(--accent);
        stroke: var(--surface);
        stroke-width: 1.5;
      }
      .band {
        fill: var(--line-strong);
        opacity: 0.18;
      }
      .chance {
        fill: none;
        stroke: var(--line-strong);
        stroke-width: 1.2;
      }
      .apart {
        fill: var(--warn);
        opacity: 0.1;
      }
      .edge {
        stroke: var(--warn);
      }
      .dial {
        stroke: var(--ink);
        stroke-dasharray: 3 4;
      }
    `,
  ];

  override render() {
    const { points } = this.curve;
    const unsteered = points.find(({ dose }) => dose === 0)?.d.value ?? 0;
    const chance = this.chance.flatMap(({ dose, changes }) =>
      dose === null ? [] : changes.map(change => ({ dose, d: unsteered + change })),
    );
    const doses = [...points, ...chance].map(({ dose }) => dose);
    const values = [
      ...points.flatMap(({ d }) => [d.low ?? d.value, d.high ?? d.value]),
      ...chance.map(({ d }) => d),
    ];
    const [left, right] = [Math.min(...doses), Math.max(...doses)];
    const spread = Math.max(0.2, Math.max(...values) - Math.min(...values));
    const [bottom, top] = [Math.min(...values) - 0.06 * spread, Math.max(...values) + 0.06 * spread];
    const x = (dose: number) =>
      PLOT.left + ((WIDTH - PLOT.left - PLOT.right) * (dose - left)) / (right - left || 1);
    const y = (d: number) => PLOT.top + ((HEIGHT - PLOT.top - PLOT.bottom) * (top - d)) / (top - bottom);
    const ticks = niceTicks(bottom, top);
    const { dose } = this;
    return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${this.#words()}>
      ${this.#apart(left, right).map(([from, to]) => {
        const edge = x(to <= 0 ? to : from);
        // The shade alone is too faint for some eyes.
        return svg`<rect class="apart" x=${x(from)} width=${x(to) - x(from)} y=${PLOT.top} height=${HEIGHT - PLOT.top - PLOT.bottom} />
          <line class="edge" x1=${edge} x2=${edge} y1=${PLOT.top} y2=${HEIGHT - PLOT.bottom} />`;
      })}
      ${ticks.map(
        d => svg`<line class=${d === 0 ? 'axis' : 'grid'} x1=${PLOT.left} x2=${WIDTH - PLOT.right} y1=${y(d)} y2=${y(d)} />
          <text x=${PLOT.left - 8} y=${y(d) + 4} text-anchor="end">${signed(d, 1)}</text>`,
      )}
      ${[...new Set(chance.map(one => one.dose))].map(at => {
        const own = chance.filter(one => one.dose === at).map(one => one.d);
        const [low, high] = [Math.min(...own), Math.max(...own)];
        return svg`<rect class="band" x=${x(at) - 7} width="14" y=${y(high)} height=${Math.max(1, y(low) - y(high))} rx="3" />`;
      })}
      ${chance.map(one => svg`<circle class="chance" cx=${x(one.dose)} cy=${y(one.d)} r="3.5" />`)}
      ${
        dose !== null && dose >= left && dose <= right
          ? svg`<line class="dial" x1=${x(dose)} x2=${x(dose)} y1=${PLOT.top} y2=${HEIGHT - PLOT.bottom} />`
          : null
      }
      <polyline class="line" points=${points.map(point => `${x(point.dose)},${y(point.d.value)}`).join(' ')} />
      ${points.map(
        ({ dose: at, d }) => svg`
          ${d.low !== null && d.high !== null ? svg`<line class="whisker" x1=${x(at)} x2=${x(at)} y1=${y(d.low)} y2=${y(d.high)} />` : null}
          <circle class="point" cx=${x(at)} cy=${y(d.value)} r="5" />`,
      )}
      ${points.map(
        ({ dose: at }) =>
          svg`<text x=${x(at)} y=${HEIGHT - PLOT.bottom + 22} text-anchor="middle">${this.#dose(at)}</text>`,
      )}
      <text x=${(PLOT.left + WIDTH - PLOT.right) / 2} y=${HEIGHT - 6} text-anchor="middle">${words.effect.chart.axis(this.direction)}</text>
    </svg>`;
  }

  /** A dose with as many digits as the doses of the study need. */
  #dose(dose: number): string {
    const tenths = this.curve.points.every(
      point => Math.abs(10 * point.dose - Math.round(10 * point.dose)) < 1e-4,
    );
    return signed(dose, tenths ? 1 : 2);
  }

  /** Where texts fall apart: from halfway between the last usable dose and the next one of the study. */
  #apart(left: number, right: number): [number, number][] {
    const { usable } = this;
    if (!usable) return [];
    const doses = this.curve.points.map(({ dose }) => dose);
    const below = doses.filter(dose => beyond(dose, usable) && dose < 0).at(-1);
    const above = doses.find(dose => beyond(dose, usable) && dose > 0);
    return [
      ...(below === undefined ? [] : [[left, (below + usable[0]) / 2] as [number, number]]),
      ...(above === undefined ? [] : [[(above + usable[1]) / 2, right] as [number, number]]),
    ];
  }

  #words(): string {
    const { points } = this.curve;
    const [first, last] = [points[0], points.at(-1)];
    const { chart } = words.effect;
    const trait = traitLabel(this.curve.trait);
    const end = ({ d, dose }: DosePoint): [string, string] => [signed(d.value), this.#dose(dose)];
    const ends =
      first && last && first !== last
        ? chart.ends(trait, this.direction, [end(first), end(last)])
        : chart.one(trait, this.direction);
    const changes = this.chance.flatMap(({ dose, changes }) => (dose === null ? [] : changes));
    const chance =
      changes.length > 0 ? [chart.chance(signed(Math.min(...changes)), signed(Math.max(...changes)))] : [];
    return [ends, ...chance, chart.below].join(' ');
  }
}

customElements.define('ts-dose-chart', DoseChartElement);
