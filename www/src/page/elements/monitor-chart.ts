import { css, html, LitElement, svg } from 'lit';
import { words } from '../../i18n/all';
import type { MonitoringRow, Persona } from '../../types';
import { mean } from '../dials';
import { signed } from '../format';
import { shared } from './base';
import { chartStyles, niceTicks } from './chart-parts';

const WIDTH = 640;
const HEIGHT = 340;
const PLOT = { left: 62, right: 24, top: 14, bottom: 56 };

/** Which side of the trait a system prompt asks for. */
type Side = 'plain' | 'high' | 'low';

/** What a meter reads before each answer, across, and what the answer is, upwards. */
export class MonitorChartElement extends LitElement {
  static override properties = {
    rows: { attribute: false },
    personas: { attribute: false },
    trait: {},
  };
  declare rows: MonitoringRow[];
  declare personas: Persona[];
  declare trait: string;

  static override styles = [
    shared,
    chartStyles,
    css`
      .plain {
        fill: var(--ink-soft);
      }
      .high {
        fill: var(--accent);
      }
      .low {
        fill: var(--warn);
      }
      .one {
        opacity: 0.75;
      }
      .mean {
        stroke: var(--surface);
        stroke-width: 2;
      }
      .key {
        display: flex;
        flex-wrap: wrap;
        gap: 0.3rem 1.25rem;
        font-size: 0.9rem;
      }
      .key svg {
        display: inline-block;
        inline-size: 0.9em;
        block-size: 0.9em;
        vertical-align: -0.1em;
      }
    `,
  ];

  override render() {
    const { rows } = this;
    const [left, right] = span(rows.map(({ z }) => z));
    const [bottom, top] = span(rows.map(({ d }) => d));
    const x = (z: number) => PLOT.left + ((WIDTH - PLOT.left - PLOT.right) * (z - left)) / (right - left);
    const y = (d: number) => PLOT.top + ((HEIGHT - PLOT.top - PLOT.bottom) * (top - d)) / (top - bottom);
    const sides = (['plain', 'high', 'low'] as const).flatMap(side => {
      const own = rows.filter(row => this.#side(row) === side);
      return own.length > 0 ? [{ side, own }] : [];
    });
    const means = sides.map(({ side, own }) => ({
      side,
      z: mean(own.map(({ z }) => z)) ?? 0,
      d: mean(own.map(({ d }) => d)) ?? 0,
    }));
    const said = words.monitor.chart;
    const told = means.map(({ side, z, d }) => said.means(said.sides[side], signed(z), signed(d)));
    return html`<svg
        viewBox="0 0 ${WIDTH} ${HEIGHT}"
        role="img"
        aria-label=${said.words(this.trait, rows.length, told)}
      >
        ${niceTicks(bottom, top).map(
          d => svg`<line class=${d === 0 ? 'axis' : 'grid'} x1=${PLOT.left} x2=${WIDTH - PLOT.right} y1=${y(d)} y2=${y(d)} />
            <text x=${PLOT.left - 8} y=${y(d) + 4} text-anchor="end">${signed(d, 1)}</text>`,
        )}
        ${niceTicks(left, right).map(
          z => svg`<line class=${z === 0 ? 'axis' : 'grid'} x1=${x(z)} x2=${x(z)} y1=${PLOT.top} y2=${HEIGHT - PLOT.bottom} />
            <text x=${x(z)} y=${HEIGHT - PLOT.bottom + 22} text-anchor="middle">${signed(z, 1)}</text>`,
        )}
        ${sides.flatMap(({ side, own }) => own.map(row => mark(side, x(row.z), y(row.d), 4.5, 'one')))}
        ${means.map(({ side, z, d }) => mark(side, x(z), y(d), 9, 'mean'))}
        <text x=${(PLOT.left + WIDTH - PLOT.right) / 2} y=${HEIGHT - 6} text-anchor="middle">${said.axis}</text>
      </svg>
      <div class="key" aria-hidden="true">
        ${sides.map(({ side }) => html`<span><svg viewBox="0 0 20 20">${mark(side, 10, 10, 8, '')}</svg> ${said.sides[side]}</span>`)}
        <span class="soft">${said.large}</span>
      </div>`;
  }

  #side({ persona }: MonitoringRow): Side {
    if (persona === null) return 'plain';
    return this.personas[persona]?.name.startsWith('high') ? 'high' : 'low';
  }
}

/** A point, of a shape of its own for each side. */
function mark(side: Side, x: number, y: number, r: number, kind: string) {
  const classes = `${side} ${kind}`;
  if (side === 'plain') return svg`<circle class=${classes} cx=${x} cy=${y} r=${r} />`;
  const up = side === 'high' ? -1 : 1;
  const points = `${x},${y + up * r} ${x - r},${y - up * r * 0.8} ${x + r},${y - up * r * 0.8}`;
  return svg`<polygon class=${classes} points=${points} />`;
}

/** From the least to the greatest value, with a little room. */
function span(values: number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(0.1, 0.06 * (high - low));
  return [low - room, high + room];
}

customElements.define('ts-monitor-chart', MonitorChartElement);
