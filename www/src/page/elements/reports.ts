import { css, html } from 'lit';
import { words } from '../../i18n/all';
import { when } from '../facts';
import type { Report } from '../report';
import { SessionElement, shared } from './base';
import './class';
import './comparison';
import './earlier';
import './file-drop';
import './notice';
import './read-report';

/** Saved tests that were opened, and what they come to beside the current one. */
export class ReportsElement extends SessionElement {
  /** What was there when it was last shown. */
  #shown: { count: number; errors: unknown } = { count: 0, errors: null };

  static override styles = [
    shared,
    css`
      .stack > * + * {
        margin-block-start: 1.25rem;
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      h3 {
        font-size: 1.15rem;
        margin-block-end: 0.35rem;
      }
      li {
        border-block-start: 1px solid var(--line);
        padding-block: 0.6rem;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0.25rem 1rem;
        align-items: center;
        overflow-wrap: anywhere;
      }
      .head div {
        flex: 1 1 16rem;
        min-inline-size: 0;
      }
    `,
  ];

  override render() {
    const { reports } = this.session;
    const { all, held, errors, reading } = reports;
    const said = words.report;
    return html`<div class="stack">
      ${
        held.length > 0
          ? html`<div>
              <h3>${said.heading}</h3>
              <ul>${all.map((report, i) => this.#entry(report, i + 1))}</ul>
            </div>`
          : null
      }
      ${errors.map(error => html`<ts-notice kind="bad" .of=${error}></ts-notice>`)}
      ${reading ? html`<p class="soft">${said.reading(reading)}</p>` : null}
      <ts-class .session=${this.session}></ts-class>
      <ts-comparison .session=${this.session}></ts-comparison>
      <ts-earlier .session=${this.session} @emptied=${() => this.focusOn('ts-file-drop')}></ts-earlier>
      <ts-file-drop
        accept=".json,.csv"
        label=${said.open}
        hint=${said.openHint}
        multiple
        @files=${(event: CustomEvent<File[]>) => reports.open(event.detail)}
      ></ts-file-drop>
    </div>`;
  }

  /** What was opened, or refused, comes into view, wherever it was dropped. */
  override updated(): void {
    super.updated();
    const { held, errors } = this.session.reports;
    const { count, errors: former } = this.#shown;
    this.#shown = { count: held.length, errors };
    const place =
      errors.length > 0 && errors !== former
        ? 'ts-notice'
        : held.length > count
          ? `[data-report="${held.length}"]`
          : null;
    if (place) this.renderRoot.querySelector(place)?.scrollIntoView({ block: 'nearest' });
  }

  #entry(report: Report, number: number) {
    const { reports } = this.session;
    const { file, model, observations, ratings, remarks } = report;
    const said = words.report;
    const rows = said.answers(observations.length + ratings.length);
    const from = file ?? (report === reports.current ? said.current : said.aside);
    return html`<li data-report=${number}>
      <div class="head">
        <div>
          <strong>${number} · ${model.name}</strong><br />
          <span class="soft small">${from} · ${when(report)} · ${rows}</span>
        </div>
        ${
          reports.held.includes(report)
            ? html`<button aria-label=${said.removeOne(number)} @click=${() => reports.remove(report)}>${said.remove}</button>`
            : null
        }
      </div>
      ${remarks.map(line => html`<p class="small soft">${line}</p>`)}
      ${file === null ? null : html`<ts-read-report .session=${this.session} .sheet=${{ of: 'test', report }}></ts-read-report>`}
    </li>`;
  }
}

customElements.define('ts-reports', ReportsElement);
