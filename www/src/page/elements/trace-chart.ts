import { css, html, LitElement, svg } from 'lit';
import { words } from '../../i18n/all';
import { mean } from '../dials';
import { signed } from '../format';
import { shared } from './base';
import { chartStyles, keyStyles } from './chart-parts';

const WIDTH = 640;
const HEIGHT = 180;
const LEFT = 44;
const BOTTOM = 26;

/** One line of the trace. */
export interface Trace {
  name: 'unsteered' | 'steered';
  values: number[];
}

/** A meter along the tokens of both answers, against neutral text at 0. */
export class TraceChartElement extends LitElement {
  static override properties = { traces: { attribute: false }, trait: {} };
  declare traces: Trace[];
  declare trait: string;

  static override styles = [
    shared,
    chartStyles,
    keyStyles,
    css`
      svg {
        font-size: 12px;
      }
      .line {
        fill: none;
        stroke-width: 2;
        stroke-linejoin: round;
      }
      .unsteered {
        stroke: var(--line-strong);
        stroke-dasharray: 5 4;
      }
      .steered {
        stroke: var(--accent);
      }
      .key svg {
        inline-size: 1.8rem;
        block-size: 0.8rem;
      }
    `,
  ];

  override render() {
    const values = this.traces.flatMap(trace => trace.values);
    const reach = Math.max(3, ...values.map(Math.abs));
    const length = Math.max(20, ...this.traces.map(trace => trace.values.length));
    const x = (i: number) => LEFT + ((WIDTH - LEFT - 6) * i) / (length - 1);
    const y = (z: number) => ((HEIGHT - BOTTOM) * (reach - z)) / (2 * reach) + 4;
    const ticks = [-1, -0.5, 0, 0.5, 1].map(part => Math.round(part * reach));
    const said = words.steer.trace;
    const means = this.traces.map(({ name, values }) => {
      const average = mean(values);
      const side = said.names[name];
      return average === null ? said.nothing(side) : said.mean(side, signed(average, 1));
    });
    return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT + 4}" role="img" aria-label=${said.words(this.trait, means)}>
        ${ticks.map(
          z => svg`<line class=${z === 0 ? 'axis' : 'grid'} x1=${LEFT} x2=${WIDTH - 6} y1=${y(z)} y2=${y(z)} />
            <text x=${LEFT - 6} y=${y(z) + 4} text-anchor="end">${z > 0 ? `+${z}` : z < 0 ? `−${-z}` : '0'}</text>`,
        )}
        ${this.traces.map(
          ({ name, values }) =>
            svg`<polyline class="line ${name}" points=${values.map((z, i) => `${x(i).toFixed(1)},${y(z).toFixed(1)}`).join(' ')} />`,
        )}
        <text x=${LEFT} y=${HEIGHT}>${said.first}</text>
        <text x=${WIDTH - 6} y=${HEIGHT} text-anchor="end">${said.last(length)}</text>
      </svg>
      <div class="key" aria-hidden="true">
        ${this.traces.map(
          ({ name }, i) => html`<span>
            <svg>${svg`<line class="line ${name}" x1="0" x2="100%" y1="50%" y2="50%" />`}</svg>${means[i]}
          </span>`,
        )}
      </div>`;
  }
}

customElements.define('ts-trace-chart', TraceChartElement);
