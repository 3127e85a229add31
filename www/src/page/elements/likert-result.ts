import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import type { LikertSummary, Norm, Readout, ScaleScore } from '../../types';
import { extremes } from '../chart-words';
import { ENOUGH, type Interval } from '../intervals';
import { LEAST_AXES, type Spoke } from '../radar';
import { agreementLine, READOUT_NAMES } from '../wording';
import { shared } from './base';
import './beside-radar';
import './chart-actions';
import { barStyles } from './chart-parts';
import './score-radar';
import { tableStyles } from './study-parts';

/** What the ratings of an inventory come to in one read-out: domains as points on the scale, facets in a table. */
export class LikertResultElement extends LitElement {
  static override properties = {
    summary: { attribute: false },
    readout: { attribute: false },
    scale: { attribute: false },
    brief: { type: Boolean },
    source: { attribute: false },
  };
  declare summary: LikertSummary;
  declare readout: Readout;
  /** The answers, from the one that agrees least. */
  declare scale: string[];
  /** The domains alone, with their numbers. */
  declare brief: boolean;
  /** What a saved picture says of where it is from. */
  declare source: { model: string; date: string };

  constructor() {
    super();
    this.brief = false;
  }

  static override styles = [
    shared,
    tableStyles,
    barStyles,
    css`
      .stack > * + * {
        margin-block-start: 1rem;
      }
      .grid {
        display: grid;
        grid-template-columns: fit-content(13rem) minmax(0, 1fr) 3rem;
        column-gap: 1rem;
        align-items: center;
      }
      .grid > div:nth-child(4n + 2) {
        padding-block: 0.45rem;
      }
      svg {
        display: block;
        inline-size: 100%;
        block-size: 2.1rem;
        overflow: visible;
      }
      .grid + p {
        margin-block-start: 0.75rem;
      }
      .middle {
        stroke: var(--line-strong);
      }
      .people {
        fill: none;
        stroke: var(--ink);
        stroke-width: 2;
      }
      .usual {
        fill: var(--line-strong);
        opacity: 0.45;
      }
      .value {
        text-align: end;
        font-weight: 700;
      }
      .axis {
        grid-column: 2;
        display: flex;
        justify-content: space-between;
        gap: 1rem;
        font-size: 0.82rem;
        color: var(--ink-soft);
      }
      .axis span:last-child {
        text-align: end;
      }
      @media (max-width: 36rem) {
        .grid {
          grid-template-columns: minmax(0, 1fr) 2.6rem;
          column-gap: 0.75rem;
        }
        .grid .domain {
          grid-column: 1 / -1;
          padding-block: 0.7rem 0.1rem;
        }
        .axis {
          grid-column: 1;
        }
      }
    `,
  ];

  override render() {
    const own = this.summary.scores.filter(({ readout }) => readout === this.readout);
    const domains = own.filter(({ facet }) => facet === null);
    const facets = own.filter(({ facet }) => facet !== null);
    const agreement = this.summary.agreement.find(({ readout }) => readout === this.readout);
    const people = domains.find(({ norm }) => norm)?.norm;
    const points = domains[0]?.points ?? this.scale.length;
    const found = extremes(
      domains.map(({ domain, expected }) => ({ name: domain, value: expected.value })),
      value => value.toFixed(2),
    );
    const bars = html`<div class="grid" role="list" aria-label="Scores of the domains of ${points} points: ${found}">
        ${domains.map(score => this.#domain(score))}
        <div class="axis" aria-hidden="true">
          <span>1<br />${this.scale[0]}</span><span>${points}<br />${this.scale[points - 1]}</span>
        </div>
      </div>
      <p class="soft small">
        Filled: mean answer, each answer weighed by its probability, with its 95% interval over statements; statements
        against a domain are turned round.${people ? html` Circle: people’s mean${people.sd === null ? null : ', in a band of one standard deviation to either side, where two of three people are'} (${people.source}).` : null}
      </p>`;
    return html`<div class="stack">
      ${this.#charts(bars, domains, points)}
      ${agreement && !this.brief ? html`<p>${agreementLine(agreement, points)}</p>` : null}
      ${
        facets.length > 0 && !this.brief
          ? html`<details>
              <summary>Domains and facets as a table</summary>
              ${this.#table([...domains, ...facets])}
            </details>`
          : this.#table(domains)
      }
    </div>`;
  }

  #domain(score: ScaleScore) {
    const { domain, expected, points, norm } = score;
    const x = (value: number) => `${(100 * (value - 1)) / (points - 1)}%`;
    const { value } = expected;
    const sure = sureOf(score);
    const interval = sure
      ? `95% interval ${sure[0].toFixed(2)} to ${sure[1].toFixed(2)}`
      : 'too few statements for an interval';
    const others = norm ? `, people’s mean ${people(norm)}` : '';
    const usual = norm?.sd
      ? ([Math.max(1, norm.mean - norm.sd), Math.min(points, norm.mean + norm.sd)] as const)
      : null;
    return html`<div class="visually-hidden" role="listitem">${domain}: ${value.toFixed(2)} of ${points} points, ${interval}${others}</div>
      <div class="domain" aria-hidden="true"><strong>${domain}</strong></div>
      <svg aria-hidden="true" data-domain=${domain} data-expected=${value}>
        ${svg`
          <rect class="track" x="0" y="35%" width="100%" height="30%" rx="4" />
          ${usual ? svg`<rect class="usual" x="${x(usual[0])}" y="22%" width="${(100 * (usual[1] - usual[0])) / (points - 1)}%" height="56%" rx="3" />` : null}
          <line class="middle" x1="50%" x2="50%" y1="0" y2="100%" />
          ${sure ? svg`<line class="whisker" x1="${x(sure[0])}" x2="${x(sure[1])}" y1="50%" y2="50%" />` : null}
          ${norm ? svg`<circle class="people" cx="${x(norm.mean)}" cy="50%" r="6" />` : null}
          <circle class="point" cx="${x(value)}" cy="50%" r="7" />
        `}
      </svg>
      <div class="value num" aria-hidden="true">${value.toFixed(2)}</div>`;
  }

  /** The bars; beside them the same as a radar, with people's means where they are known of every domain. */
  #charts(bars: TemplateResult, domains: ScaleScore[], points: number) {
    if (domains.length < LEAST_AXES) return this.#saved('Scores of the domains', bars);
    const own: Spoke[] = domains.map(score => ({ value: score.expected.value, interval: sureOf(score) }));
    const others = domains.flatMap(({ norm }): Spoke[] =>
      norm ? [{ value: norm.mean, interval: null }] : [],
    );
    const shapes = [
      { name: 'mean answer', spokes: own },
      ...(others.length === domains.length ? [{ name: 'people’s mean', spokes: others }] : []),
    ];
    const radar = html`<ts-score-radar
      digits="2"
      .axes=${domains.map(({ domain }) => domain)}
      .shapes=${shapes}
      .ends=${[1, points]}
    ></ts-score-radar>`;
    return html`<ts-beside-radar>
      ${this.#saved('Scores of the domains', bars)}
      <div slot="radar">${this.#saved('Radar of the domains', radar)}</div>
    </ts-beside-radar>`;
  }

  /** A chart with what can be done with it, where it is not part of a report. */
  #saved(name: string, chart: TemplateResult) {
    if (this.brief) return chart;
    const { model, date } = this.source;
    const label = `${name}, ${READOUT_NAMES[this.readout].toLowerCase()}`;
    return html`<ts-chart-actions label=${label} model=${model} .date=${date}>${chart}</ts-chart-actions>`;
  }

  #table(scores: ScaleScore[]) {
    const letters = this.readout === 'letters';
    return html`<div class="scroll" tabindex="0" role="group" aria-label="Domains and facets">
      <table class="num">
        <caption>${READOUT_NAMES[this.readout]}: points from 1 to ${scores[0]?.points ?? this.scale.length}</caption>
        <thead>
          <tr>
            <th scope="col">Scale</th><th scope="col">Chosen</th><th scope="col">SD</th><th scope="col">Mean answer</th>
            <th scope="col">95% interval</th><th scope="col">People (SD)</th><th scope="col">Statements</th>
            ${letters ? html`<th scope="col">Order changes</th><th scope="col">Refusals</th>` : null}
          </tr>
        </thead>
        <tbody>
          ${scores.map(
            score => html`<tr>
              <th scope="row">${score.facet === null ? score.domain : html`<span class="soft">${score.domain}:</span> ${score.facet}`}</th>
              <td>${score.score.toFixed(2)}</td>
              <td>${score.sd === null ? '–' : score.sd.toFixed(2)}</td>
              <td>${score.expected.value.toFixed(2)}</td>
              <td>${score.expected.low === null || score.expected.high === null || score.items < 5 ? 'too few' : `${score.expected.low.toFixed(2)} to ${score.expected.high.toFixed(2)}`}</td>
              <td>${score.norm ? people(score.norm) : '–'}</td>
              <td>${score.items}</td>
              ${letters ? html`<td>${score.order_changes === null ? '–' : `${Math.round(100 * score.order_changes)}%`}</td><td>${score.refusals}</td>` : null}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

/** The interval of a mean answer, where there are enough statements for one. */
function sureOf({ expected: { low, high }, items }: ScaleScore): Interval | null {
  return low === null || high === null || items < ENOUGH ? null : [low, high];
}

/** People's mean and, where it is known, their standard deviation. */
function people({ mean, sd }: Norm): string {
  return `${mean.toFixed(2)}${sd === null ? '' : ` (${sd.toFixed(2)})`}`;
}

customElements.define('ts-likert-result', LikertResultElement);
