import { css, html, type TemplateResult } from 'lit';
import { words } from '../../i18n/all';
import { intervalOf, type Shift } from '../comparison';
import { between } from '../comparison-words';
import { pValue, signed } from '../format';
import { tooFew } from '../intervals';
import './help';

/** What comparisons of tests and of studies share. */

export const comparisonStyles = css`
  .stack > * + * {
    margin-block-start: 1.25rem;
  }
  .part > * + * {
    margin-block-start: 0.75rem;
  }
  h3 {
    font-size: 1.15rem;
  }
  h4 {
    margin: 0;
    font-size: 1rem;
    overflow-wrap: anywhere;
  }
  table {
    min-inline-size: min(26rem, 100%);
  }
  tbody th {
    min-inline-size: 6.5rem;
  }
  td,
  thead th {
    overflow-wrap: anywhere;
    min-inline-size: 5.5rem;
  }
  .wide {
    min-inline-size: 44rem;
  }
  .wide :is(td, thead th) {
    min-inline-size: 3rem;
    padding-inline-end: 0.6rem;
  }
  .first {
    background: var(--sunken);
  }
  /* Printers leave grounds out. */
  @media print {
    .first {
      background: none;
      border-inline: 2px solid;
    }
    .first,
    .first + * {
      padding-inline-start: 0.4rem;
    }
  }
  label {
    font-weight: 600;
  }
  select {
    display: block;
    font-weight: 400;
    margin-block-start: 0.35rem;
    max-inline-size: 100%;
  }
`;

/** What makes two or more different before any answer is looked at. */
export function differences(names: string[], rows: { what: string; values: string[] }[]): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${words.comparison.different}>
    <table data-asked>
      <caption>${words.comparison.different}</caption>
      <thead><tr><th scope="col">${words.comparison.what}</th>${names.map(name => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>
        ${rows.map(({ what, values }) => html`<tr><th scope="row">${what}</th>${values.map(value => html`<td class="small">${value}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
}

/** A column of a table of changes. */
export interface Column<Row> {
  head: string;
  /** What explains it, where it is hard. */
  help?: TemplateResult;
  cell: (row: Row) => unknown;
}

/** What is known of every change: `unit` is what it is counted in, `counted` what it is a mean over, `none` stands for an interval that is not shown. */
export function shiftColumns(unit: string, counted: string, none = tooFew()): Column<Shift>[] {
  const said = words.comparison.table;
  return [
    { head: unit, cell: ({ difference }) => signed(difference.value) },
    {
      head: said.interval,
      cell: ({ difference, paired }) => between(intervalOf(difference, paired), 2, none),
    },
    {
      head: said.dz,
      help: html`<ts-help of="cohen"></ts-help>`,
      cell: ({ dz }) => (dz === null ? '–' : signed(dz)),
    },
    { head: said.p, cell: ({ p }) => pValue(p) },
    { head: said.adjusted, help: html`<ts-help of="p"></ts-help>`, cell: ({ adjusted }) => pValue(adjusted) },
    { head: said.against, help: html`<ts-help of="otherWay"></ts-help>`, cell: ({ against }) => against },
    { head: counted, cell: ({ paired }) => paired },
  ];
}

/** Changes as a table: what names a row, then its columns. */
export function changesTable<Row>(first: Column<Row>, columns: Column<Row>[], rows: Row[]): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${words.comparison.table.label}>
    <table class="num wide">
      <thead>
        <tr>${[first, ...columns].map(({ head, help }) => html`<th scope="col">${head} ${help}</th>`)}</tr>
      </thead>
      <tbody>
        ${rows.map(row => html`<tr><th scope="row">${first.cell(row)}</th>${columns.map(({ cell }) => html` <td>${cell(row)}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
}
