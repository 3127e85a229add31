import { words } from '../i18n';
import { bytes } from './format';
import { PageError } from './page-error';
import type { Report } from './report';
import { formatIn, MOST_BYTES, reportOfTest } from './report-file';
import { isTable, reportOfTable } from './report-table';

/** More than a table's heading, and as much as comes before a format that a program wrote. */
const HEAD = 4096;
/** What all formats of this program begin with. */
const OURS = 'traitscope-';

/** Whether a file is a saved test or wants to be one: item files may have the same endings, so its content decides. */
export async function isReport(file: File): Promise<boolean> {
  const head = (await file.slice(0, HEAD).text()).replace(/^\uFEFF/, '').trimStart();
  if (!head.startsWith('{')) return isTable(head);
  if (new RegExp(`"format"\\s*:\\s*"${OURS}`).test(head)) return true;
  if (file.size > MOST_BYTES) return false;
  try {
    return formatIn(JSON.parse(await file.text()))?.startsWith(OURS) ?? false;
  } catch {
    // No JSON: whoever reads items says what is wrong with it.
    return false;
  }
}

/**
 * Reads a saved test: what “Save the results” or “Save as a table” wrote. Errors: `report.size`, `report.format`, `report.version`,
 * `report.invalid`.
 */
export async function openReport(id: string, file: File): Promise<Report> {
  if (file.size > MOST_BYTES) {
    throw new PageError('report.size', words.opening.size(file.name, bytes(file.size), bytes(MOST_BYTES)));
  }
  const text = await file.text();
  if (isTable(text) || /\.(csv|tsv)$/i.test(file.name)) return reportOfTable(id, file.name, text);
  return reportOfTest(id, file.name, parsed(text));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw text.trimStart().startsWith('{')
      ? new PageError('report.invalid', words.opening.damaged)
      : new PageError('report.format', words.opening.noTest);
  }
}
