import { css, html, LitElement, svg } from 'lit';
import { language, words } from '../../i18n/all';
import type { Plane, StudyFile } from '../../types';
import { bundledText } from '../bundled';
import { percent, signed } from '../format';
import { levelsOf } from '../study-export';
import { READOUTS_WITHIN, traitLabel } from '../wording';
import { shared } from './base';
import { chartStyles, niceTicks } from './chart-parts';
import './help';

const WIDTH = 640;
const HEIGHT = 340;
const PLOT = { left: 52, right: 20, top: 14, bottom: 46 };

/** The settings in the plane in which their scores differ most. */
export class PlaneChartElement extends LitElement {
  static override properties = { plane: { attribute: false }, study: { attribute: false }, heading: {} };
  declare plane: Plane;
  declare study: StudyFile;
  declare heading: string;

  static override styles = [
    shared,
    chartStyles,
    css`
      .one {
        fill: var(--accent);
        opacity: 0.65;
      }
      .apart {
        fill: none;
        stroke: var(--warn);
        stroke-width: 2;
      }
      h4 {
        margin: 0 0 0.35rem;
        font-size: 1rem;
      }
    `,
  ];

  override render() {
    const { plane, study } = this;
    const { points, explained, weights } = plane.components;
    const span = (axis: 0 | 1): [number, number] => {
      const values = points.map(point => point[axis]);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      const margin = Math.max(0.05, (high - low) * 0.06);
      return [low - margin, high + margin];
    };
    const [[left, right], [bottom, top]] = [span(0), span(1)];
    const x = (value: number) =>
      PLOT.left + ((WIDTH - PLOT.left - PLOT.right) * (value - left)) / (right - left);
    const y = (value: number) =>
      PLOT.top + ((HEIGHT - PLOT.top - PLOT.bottom) * (top - value)) / (top - bottom);
    const apart = new Set(plane.apart?.settings ?? []);
    const heaviest = (axis: 0 | 1) => {
      const own = weights[axis];
      const at = own.reduce((best, weight, i) => (Math.abs(weight) > Math.abs(own[best] ?? 0) ? i : best), 0);
      return traitLabel(plane.scales[at] ?? '');
    };
    const said = words.studyCharts.plane;
    const all = plane.settings.length;
    const lie = plane.apart ? said.lieApart(plane.apart.settings.length, all) : said.settings(all);
    const shares = [percent(explained[0]), percent(explained[1])] as const;
    return html`<h4>${said.heading(this.heading, READOUTS_WITHIN[plane.readout])} <ts-help of="plane"></ts-help></h4>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${said.words(lie, heaviest(0), shares[0], heaviest(1), shares[1])}>
        ${niceTicks(bottom, top).map(
          tick => svg`<line class=${tick === 0 ? 'axis' : 'grid'} x1=${PLOT.left} x2=${WIDTH - PLOT.right} y1=${y(tick)} y2=${y(tick)} />
            <text x=${PLOT.left - 6} y=${y(tick) + 4} text-anchor="end">${signed(tick, 1)}</text>`,
        )}
        ${niceTicks(left, right).map(
          tick => svg`<line class=${tick === 0 ? 'axis' : 'grid'} x1=${x(tick)} x2=${x(tick)} y1=${PLOT.top} y2=${HEIGHT - PLOT.bottom} />
            <text x=${x(tick)} y=${HEIGHT - PLOT.bottom + 20} text-anchor="middle">${signed(tick, 1)}</text>`,
        )}
        ${points.map(([across, up], i) => {
          const setting = plane.settings[i] ?? 0;
          return svg`<circle class=${apart.has(setting) ? 'apart' : 'one'} cx=${x(across)} cy=${y(up)} r="5">
            <title>${levelsOf(study, setting).map(bundledText).join(', ')}</title>
          </circle>`;
        })}
        <text x=${(PLOT.left + WIDTH - PLOT.right) / 2} y=${HEIGHT - 6} text-anchor="middle">${said.axis(shares[0])}</text>
      </svg>
      <p class="soft small">
        ${said.legend(heaviest(0), heaviest(1), shares[1])}
        ${plane.apart ? said.apart(plane.apart.settings.length, all, plane.apart.least, plane.apart.reach.toLocaleString(language)) : ''}
      </p>`;
  }
}

customElements.define('ts-plane-chart', PlaneChartElement);
