import type { StudyFile, StudyResult } from '../types';
import { type Cell, table } from './export';

/** The name of each factor's level in a setting, by the setting's place among all combinations. */
export function levelsOf({ factors }: StudyFile, setting: number): string[] {
  let rest = setting;
  const names = factors.toReversed().map(({ levels }) => {
    const level = levels[rest % levels.length];
    rest = Math.floor(rest / levels.length);
    return level?.name ?? '';
  });
  return names.toReversed();
}

/** The answers as tidy CSV: one row for each setting, item and read-out. */
export function answersCsv({ study, model, model_sha256, answers }: StudyResult): string {
  const factors = study.factors.map(({ name }) => `factor_${name}`);
  const columns = [
    'model',
    'model_sha256',
    'setting',
    ...factors,
    'instrument',
    'scale',
    'item',
    'readout',
    'value',
  ];
  const rows: Record<string, Cell>[] = answers.flatMap(({ setting, values }) => {
    const levels = levelsOf(study, setting);
    const varied = Object.fromEntries(factors.map((factor, i) => [factor, levels[i]]));
    return values.map(({ statement, ...value }) => ({
      model,
      model_sha256,
      setting,
      ...varied,
      instrument: statement ? 'statements' : 'items',
      ...value,
    }));
  });
  return table(columns, rows);
}

/** What a saved study is called. */
export function studyFileName({ study, model }: StudyResult, extension: 'json' | 'csv'): string {
  const clean = (text: string) => text.replaceAll(/[^\w.-]+/g, '-').slice(0, 60);
  return `traitscope-study-${clean(study.name)}-${clean(model)}.${extension}`;
}
