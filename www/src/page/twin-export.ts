import type { ModelInfo, Stop } from '../types';
import { type Cell, table } from './export';
import type { Written } from './written';

/** What two answers were written with. */
export interface TwinConditions {
  /** When the steered one was begun, ISO 8601. */
  date: string;
  model: ModelInfo;
  question: string;
  seed: number;
  max_tokens: number;
  /** Whether each push went along what its direction has beside those before it. */
  orthogonal: boolean;
  dials: { trait: string; dose: number; layer: number }[];
}

/** An answer as it is saved. */
interface SavedText {
  text: string;
  stop: Stop | null;
  /** z-scores by trait, in the order of the dials, without what the push itself adds; none where a token was not read. */
  tokens: { text: string; z: number[] }[];
}

/** Two answers to one question, plain and steered, with all that it takes to write them again. */
export interface TwinRecord extends TwinConditions {
  format: 'traitscope-texts';
  format_version: 1;
  program: string;
  unsteered: SavedText | null;
  steered: SavedText | null;
}

export function twinRecord(
  of: TwinConditions,
  program: string,
  unsteered: Written | null,
  steered: Written | null,
): TwinRecord {
  const head = { format: 'traitscope-texts', format_version: 1 } as const;
  return { ...head, program, ...of, unsteered: saved(unsteered), steered: saved(steered) };
}

/** The readings as tidy CSV: one row for each token of either answer and each dial. */
export function twinCsv({ model, dials, unsteered, steered }: TwinRecord): string {
  const columns = [
    'model',
    'model_sha256',
    'answer',
    'token',
    'text',
    'trait',
    'layer',
    'dose',
    'z',
  ] as const;
  const rows: Record<(typeof columns)[number], Cell>[] = [];
  for (const [answer, side] of Object.entries({ unsteered, steered })) {
    for (const [at, { text, z }] of (side?.tokens ?? []).entries()) {
      for (const [i, { trait, layer, dose }] of dials.entries()) {
        rows.push({
          model: model.name,
          model_sha256: model.sha256,
          answer,
          token: at + 1,
          text,
          trait,
          layer,
          dose: answer === 'steered' ? dose : 0,
          z: z[i],
        });
      }
    }
  }
  return table(columns, rows);
}

/** What is saved is called. */
export function twinName({ dials, date }: TwinConditions, extension: 'json' | 'csv'): string {
  const traits = dials
    .map(({ trait }) => trait)
    .join('-')
    .slice(0, 80);
  return `traitscope-texts-${traits}-${date.replace(/[:.]/g, '-')}.${extension}`;
}

function saved(written: Written | null): SavedText | null {
  if (!written) return null;
  const { tokens, stop } = written;
  return {
    text: tokens.map(({ text }) => text).join(''),
    stop,
    tokens: tokens.map(({ text, z }) => ({ text, z })),
  };
}
