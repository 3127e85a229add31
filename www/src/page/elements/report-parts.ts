import { css, html, type TemplateResult } from 'lit';
import { words } from '../../i18n/all';

/** What the reports of tests and of studies share. */

export const reportStyles = css`
  article > * + * {
    margin-block-start: 1.1rem;
  }
  section > * + * {
    margin-block-start: 0.4rem;
  }
  h3 {
    font-size: 1.1rem;
  }
  h4 {
    margin-block: 0;
    font-size: 1rem;
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr));
    gap: 0.5rem 2rem;
  }
  dl {
    display: grid;
    grid-template-columns: 9.5rem minmax(0, 1fr);
    gap: 0.15rem 0.75rem;
    align-content: start;
    margin: 0.35rem 0 0;
    font-size: 0.9rem;
    line-height: 1.4;
  }
  dt {
    color: var(--ink-soft);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  ul {
    margin-block-end: 0;
    padding-inline-start: 1.1rem;
  }
  @media print {
    section:not([data-reported]),
    ts-score-chart,
    ts-score-table,
    ts-likert-result {
      break-inside: avoid;
    }
    h3 {
      break-after: avoid;
    }
    article > * + * {
      margin-block-start: 0.6rem;
    }
    section > * + * {
      margin-block-start: 0.25rem;
    }
    dl {
      line-height: 1.3;
    }
  }
`;

/** What is known of a thing, in two columns. */
export function facts(heading: string, rows: { what: string; value: string }[]): TemplateResult {
  return html`<section>
    <h3>${heading}</h3>
    <dl>${rows.map(({ what, value }) => html`<dt>${what}</dt><dd>${value}</dd>`)}</dl>
  </section>`;
}

/** What the figures do not show, behind “They cannot”. */
export function limits(intro: string, cannot: string[]): TemplateResult {
  return html`<section>
    <h3>${words.report.limits}</h3>
    <p>${words.report.cannot(intro)}</p>
    <ul>${cannot.map(line => html`<li>${line}</li>`)}</ul>
  </section>`;
}
