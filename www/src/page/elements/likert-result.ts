import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import { words } from '../../i18n/all';
import type { LikertSummary, Norm, Readout, ScaleScore } from '../../types';
import { extremes } from '../chart-words';
import { decimal, percent } from '../format';
import { ENOUGH, type Interval } from '../intervals';
import { LEAST_AXES, type Spoke } from '../radar';
import { agreementLine, READOUT_NAMES, READOUTS_WITHIN, traitLabel } from '../wording';
import { shared } from './base';
import './beside-radar';
import './chart-actions';
import { barStyles } from './chart-parts';
import './help';
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
    const said = words.likert;
    const own = this.summary.scores.filter(({ readout }) => readout === this.readout);
    const domains = own.filter(({ facet }) => facet === null);
    const facets = own.filter(({ facet }) => facet !== null);
    const agreement = this.summary.agreement.find(({ readout }) => readout === this.readout);
    const people = domains.find(({ norm }) => norm)?.norm;
    const points = domains[0]?.points ?? this.scale.length;
    const found = extremes(
      domains.map(({ domain, expected }) => ({ name: traitLabel(domain), value: expected.value })),
      value => decimal(value, 2),
    );
    const bars = html`<div class="grid" role="list" aria-label=${said.label(points, found)}>
        ${domains.map(score => this.#domain(score))}
        <div class="axis" aria-hidden="true">
          <span>1<br />${this.scale[0]}</span><span>${points}<br />${this.scale[points - 1]}</span>
        </div>
      </div>
      <p class="soft small">
        ${said.filled} ${people ? (people.sd === null ? said.circle : said.circleBand)(people.source) : null}
      </p>`;
    return html`<div class="stack">
      ${this.#charts(bars, domains, points)}
      ${agreement && !this.brief ? html`<p>${agreementLine(agreement, points)} <ts-help of="agreeing"></ts-help></p>` : null}
      ${
        facets.length > 0 && !this.brief
          ? html`<details>
              <summary>${said.inTable}</summary>
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
    const said = words.likert;
    const name = traitLabel(domain);
    const shown = decimal(value, 2);
    const sure = sureOf(score);
    const interval = sure ? said.interval(decimal(sure[0], 2), decimal(sure[1], 2)) : said.tooFew;
    const line = norm
      ? said.rowPeople(name, shown, points, interval, people(norm))
      : said.row(name, shown, points, interval);
    const usual = norm?.sd
      ? ([Math.max(1, norm.mean - norm.sd), Math.min(points, norm.mean + norm.sd)] as const)
      : null;
    return html`<div class="visually-hidden" role="listitem">${line}</div>
      <div class="domain" aria-hidden="true"><strong>${name}</strong></div>
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
      <div class="value num" aria-hidden="true">${shown}</div>`;
  }

  /** The bars; beside them the same as a radar, with people's means where they are known of every domain. */
  #charts(bars: TemplateResult, domains: ScaleScore[], points: number) {
    const said = words.likert;
    const readout = READOUTS_WITHIN[this.readout];
    if (domains.length < LEAST_AXES) return this.#saved(said.bars(readout), bars);
    const own: Spoke[] = domains.map(score => ({ value: score.expected.value, interval: sureOf(score) }));
    const others = domains.flatMap(({ norm }): Spoke[] =>
      norm ? [{ value: norm.mean, interval: null }] : [],
    );
    const shapes = [
      { name: said.meanAnswer, spokes: own },
      ...(others.length === domains.length ? [{ name: said.peoplesMean, spokes: others }] : []),
    ];
    const radar = html`<ts-score-radar
      digits="2"
      .axes=${domains.map(({ domain }) => traitLabel(domain))}
      .shapes=${shapes}
      .ends=${[1, points]}
    ></ts-score-radar>`;
    return html`<ts-beside-radar>
      ${this.#saved(said.bars(readout), bars)}
      <div slot="radar">${this.#saved(said.radar(readout), radar)}</div>
    </ts-beside-radar>`;
  }

  /** A chart with what can be done with it, where it is not part of a report. */
  #saved(label: string, chart: TemplateResult) {
    if (this.brief) return chart;
    const { model, date } = this.source;
    return html`<ts-chart-actions label=${label} model=${model} .date=${date}>${chart}</ts-chart-actions>`;
  }

  #table(scores: ScaleScore[]) {
    const letters = this.readout === 'letters';
    const said = words.likert.table;
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${said.label}>
      <table class="num">
        <caption>${said.caption(READOUT_NAMES[this.readout], scores[0]?.points ?? this.scale.length)} <ts-help of="meanAnswer"></ts-help></caption>
        <thead>
          <tr>
            <th scope="col">${said.scale}</th><th scope="col">${said.chosen}</th><th scope="col">${said.sd}</th><th scope="col">${said.mean}</th>
            <th scope="col">${said.interval}</th><th scope="col">${said.people} <ts-help of="people"></ts-help></th><th scope="col">${said.statements}</th>
            ${letters ? html`<th scope="col">${said.changes} <ts-help of="changes"></ts-help></th><th scope="col">${said.refusals}</th>` : null}
          </tr>
        </thead>
        <tbody>
          ${scores.map(
            score => html`<tr>
              <th scope="row">${score.facet === null ? traitLabel(score.domain) : html`<span class="soft">${traitLabel(score.domain)}:</span> ${traitLabel(score.facet)}`}</th>
              <td>${decimal(score.score, 2)}</td>
              <td>${score.sd === null ? '–' : decimal(score.sd, 2)}</td>
              <td>${decimal(score.expected.value, 2)}</td>
              <td>${score.expected.low === null || score.expected.high === null || score.items < 5 ? said.tooFew : words.wording.ends(decimal(score.expected.low, 2), decimal(score.expected.high, 2))}</td>
              <td>${score.norm ? people(score.norm) : '–'}</td>
              <td>${score.items}</td>
              ${letters ? html`<td>${score.order_changes === null ? '–' : percent(score.order_changes)}</td><td>${score.refusals}</td>` : null}
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
  return `${decimal(mean, 2)}${sd === null ? '' : ` (${decimal(sd, 2)})`}`;
}

customElements.define('ts-likert-result', LikertResultElement);
