import { words } from '../i18n';
import { kinds, type Row } from '../lib/units';
import type { OptionScore } from '../types';
import { Malformed } from './checks';
import { parseCsv, plainCell } from './csv';
import { COLUMNS, RATING_COLUMNS } from './export';
import { PageError } from './page-error';
import type { Report } from './report';
import { checked, once, readObservation, readRating } from './report-file';
import { summaryOf } from './summary';

/** Answers that come back as the table that was saved of a test. */

/** Of the intervals of a table, which does not say what its own was. */
const SEED = 1;

type Cells = Record<string, string>;

/** Whether a text begins as a table of answers does. */
export function isTable(text: string): boolean {
  return columnsOf(text) !== null;
}

/** The columns of the table that a text begins with. */
function columnsOf(text: string): readonly string[] | null {
  const head = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/, 1)[0];
  return [COLUMNS, RATING_COLUMNS].find(columns => columns.join(',') === head) ?? null;
}

/** The report of a table. How the test was asked is not in it, nor what its factual questions came to. */
export async function reportOfTable(id: string, file: string, text: string): Promise<Report> {
  const { rows, model, device } = readTable(text);
  const { observations, ratings } = kinds(rows);
  const statements = ratings.length > 0;
  const asked = { gate_questions: 0, seed: SEED };
  const inventory = statements ? { norms: [] } : null;
  return {
    id,
    file,
    date: null,
    program: null,
    model,
    device,
    kind: statements ? 'statements' : 'items',
    items: null,
    inventory: null,
    asked: null,
    cancelled: null,
    rounding: null,
    observations,
    ratings,
    summary: await summaryOf({ observations, ratings, facts: [] }, [], inventory, asked),
    get remarks() {
      return [words.opening.table.remark];
    },
  };
}

/** Reads a table of answers, and refuses what is none. */
export function readTable(text: string): { rows: Row[]; model: Report['model']; device: Report['device'] } {
  const columns = columnsOf(text);
  if (!columns) {
    throw new PageError('report.format', words.opening.table.none);
  }
  return checked(() => {
    const [, ...lines] = parsed(text);
    const cells = lines.map((line, i) => {
      if (line.length !== columns.length) {
        throw new Malformed(words.opening.table.cells(i + 2, line.length, columns.length));
      }
      return Object.fromEntries(columns.map((column, place) => [column, plainCell(line[place] ?? '')]));
    });
    const [first] = cells;
    if (!first) throw new Malformed(words.opening.table.empty);
    const of = ({ model, model_sha256, device }: Cells) => JSON.stringify([model, model_sha256, device]);
    const other = cells.findIndex(row => of(row) !== of(first));
    if (other >= 0) throw new Malformed(words.opening.table.other(other + 2));
    const { device = '' } = first;
    if (device !== 'gpu' && device !== 'cpu')
      throw new Malformed(words.opening.table.device(device.slice(0, 60)));
    const rows = answersOf(cells, columns === RATING_COLUMNS);
    once(rows);
    return {
      rows,
      model: { name: first.model ?? '', sha256: first.model_sha256 || null },
      device: { kind: device },
    };
  });
}

function parsed(text: string): string[][] {
  try {
    return parseCsv(text);
  } catch (error) {
    throw new Malformed(error instanceof Error ? error.message : String(error));
  }
}

/** Answers from the rows of their options, which stand below each other. */
function answersOf(cells: Cells[], rated: boolean): Row[] {
  const name = rated ? 'points' : 'option';
  const of = (row: Cells) =>
    JSON.stringify([
      row.item,
      row.trait ?? row.domain,
      row.readout,
      row.template,
      row.layout,
      row.paraphrased,
    ]);
  const groups: { at: number; rows: Cells[] }[] = [];
  for (const [i, row] of cells.entries()) {
    const last = groups.at(-1);
    const first = last?.rows[0];
    // Options of one answer follow each other; where they begin anew, it is another answer.
    const goesOn = last && first && of(first) === of(row) && row[name] !== first[name];
    if (goesOn) last.rows.push(row);
    else groups.push({ at: i + 2, rows: [row] });
  }
  return groups.map(({ at, rows }) => {
    const [first = {}] = rows;
    const options = rows.map(
      (row): Record<keyof OptionScore, unknown> => ({
        key: row[name],
        logprob: number(row.logprob),
        tokens: number(row.tokens),
        neutral_logprob: number(row.neutral_logprob),
      }),
    );
    const shared = {
      item: first.item,
      readout: first.readout,
      template: first.template || null,
      layout: first.layout || null,
      options,
      option_mass: number(first.option_mass),
      refused: truth(first.refused),
    };
    return rated
      ? readRating(
          {
            ...shared,
            domain: first.domain,
            facet: first.facet || null,
            keyed: first.keyed,
            value: number(first.value),
            choice: number(first.choice),
            plain: number(first.plain),
          },
          words.opening.table.row(at),
        )
      : readObservation(
          {
            ...shared,
            trait: first.trait,
            p_high: number(first.p_high),
            d: number(first.d),
            win: truth(first.win),
            p_high_gain: number(first.p_high_gain),
            d_gain: number(first.d_gain),
            paraphrased: truth(first.paraphrased),
          },
          words.opening.table.row(at),
        );
  });
}

/** A number as it was written; an empty cell is none, and what is no number stays the text that it is. */
function number(cell: string | undefined): unknown {
  if (cell === '' || cell === undefined) return null;
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(cell) ? Number(cell) : cell;
}

function truth(cell: string | undefined): unknown {
  return cell === 'true' ? true : cell === 'false' ? false : cell === '' ? null : cell;
}
