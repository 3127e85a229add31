import { css, html, LitElement, svg } from 'lit';
import { words } from '../../i18n/all';
import type { Ladder } from '../../types';
import { signed } from '../format';
import { READOUTS_WITHIN, traitLabel } from '../wording';
import { shared } from './base';
import { chartStyles, niceTicks } from './chart-parts';

const WIDTH = 320;
const HEIGHT = 180;
const PLOT = { left: 46, right: 12, top: 12, bottom: 34 };

/** The scale of each trait along the steps in which it was asked for, a small chart each with the same axis. */
export class LadderChartElement extends LitElement {
  static override properties = { ladders: { attribute: false } };
  declare ladders: Ladder[];

  static override styles = [
    shared,
    chartStyles,
    css`
      /* These charts are half as wide as others, so that their text needs no enlarging on narrow screens. */
      text {
        font-size: 12.5px;
      }
      .all {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
        gap: 1rem;
      }
      figure {
        margin: 0;
        max-inline-size: 24rem;
      }
      figcaption {
        font-weight: 600;
        font-size: 0.9rem;
      }
      polyline {
        fill: none;
        stroke: var(--accent);
        stroke-width: 2.5;
      }
      circle {
        fill: var(--accent);
      }
    `,
  ];

  override render() {
    return html`<div class="all">${this.ladders.map(ladder => this.#one(ladder))}</div>`;
  }

  #one(ladder: Ladder) {
    // Ladders of one kind share the axis, so that they can be compared.
    const alike = this.ladders.filter(
      other => other.readout === ladder.readout && other.statement === ladder.statement,
    );
    const medians = alike.flatMap(({ steps }) => steps.map(({ median }) => median));
    const margin = Math.max(0.05, (Math.max(...medians) - Math.min(...medians)) * 0.08);
    const [low, high] = [Math.min(...medians) - margin, Math.max(...medians) + margin];
    const { steps } = ladder;
    const last = steps.length - 1;
    const x = (i: number) => PLOT.left + ((WIDTH - PLOT.left - PLOT.right) * i) / Math.max(1, last);
    const y = (value: number) =>
      PLOT.top + ((HEIGHT - PLOT.top - PLOT.bottom) * (high - value)) / (high - low);
    const points = steps.map(({ median }, i) => `${x(i)},${y(median)}`).join(' ');
    const { studyCharts, studyFigures } = words;
    const said = studyCharts.ladder;
    const scale = traitLabel(ladder.trait);
    const ends = [signed(steps[0]?.median ?? 0), signed(steps[last]?.median ?? 0)] as const;
    const told =
      ladder.rho === null
        ? said.words(scale, ...ends, steps.length)
        : said.wordsRank(scale, ...ends, steps.length, signed(ladder.rho));
    return html`<figure>
      <figcaption>${scale} <span class="soft">${studyFigures.readout(ladder.statement, READOUTS_WITHIN[ladder.readout])}</span></figcaption>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${told} ${said.below}">
        ${niceTicks(low, high).map(
          tick => svg`<line class=${tick === 0 ? 'axis' : 'grid'} x1=${PLOT.left} x2=${WIDTH - PLOT.right} y1=${y(tick)} y2=${y(tick)} />
            <text x=${PLOT.left - 6} y=${y(tick) + 4} text-anchor="end">${signed(tick, 1)}</text>`,
        )}
        <polyline points=${points} />
        ${steps.map(
          ({ rank, median }, i) => svg`<circle cx=${x(i)} cy=${y(median)} r="4" />
            ${i === 0 || i === last ? svg`<text x=${x(i)} y=${HEIGHT - 12} text-anchor=${i === 0 ? 'start' : 'end'}>${said.step(rank)}</text>` : null}`,
        )}
      </svg>
    </figure>`;
  }
}

customElements.define('ts-ladder-chart', LadderChartElement);
