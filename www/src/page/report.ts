import type {
  DeviceInfo,
  GateResult,
  LikertInventory,
  ModelInfo,
  Observation,
  Rating,
  Readout,
  RoundingLoss,
  ScoreRequest,
  Summary,
} from '../types';
import type { RunRecord } from './export';

/** How a test was asked, as far as it makes a difference to the answers. */
export type Asked = Pick<
  ScoreRequest,
  | 'readouts'
  | 'templates'
  | 'layouts'
  | 'frame'
  | 'instruction'
  | 'system'
  | 'prompt_mode'
  | 'gate_questions'
  | 'gain'
  | 'paraphrases'
  | 'activations'
  | 'seed'
> & {
  /** Edits of the residual stream. */
  pushes: number;
};

/** The model of a report; of a table only name and hash are known. */
export type ReportModel = Pick<ModelInfo, 'name' | 'sha256'> &
  Partial<Pick<ModelInfo, 'quantisation' | 'parameters' | 'bytes' | 'licence'>>;

/** The items or the inventory that was given. */
export interface ReportItems {
  name: string;
  version: string;
  licence: string;
  /** Of an own file. */
  sha256: string | null;
  /** How many were asked. */
  size: number;
}

/** A finished test as it is read and compared: one of this page, or one from a file. Null is what a table does not hold. */
export interface Report {
  /** Tells reports apart. */
  id: string;
  /** The file that it is from; null for a test of this page. */
  file: string | null;
  /** When the test began, ISO 8601. */
  date: string | null;
  program: string | null;
  model: ReportModel;
  device: Pick<DeviceInfo, 'kind'> & Partial<Pick<DeviceInfo, 'adapter' | 'backend'>>;
  kind: 'items' | 'statements';
  items: ReportItems | null;
  /** Of an inventory. */
  inventory: Pick<LikertInventory, 'language' | 'scale'> | null;
  asked: Asked | null;
  cancelled: boolean | null;
  rounding: RoundingLoss | null;
  observations: Observation[];
  ratings: Rating[];
  summary: Summary;
  /** What a reader should know of how it was read. */
  remarks: string[];
}

/** The report of a test of this page. */
export function reportOf(run: RunRecord): Report {
  const { items, inventory, steering, gate_range: _, ...request } = run.request;
  const { name, sha256, quantisation, parameters, bytes, licence } = run.model;
  const { observations, ratings, summary, cancelled, rounding, activations } = run.result;
  return {
    id: `run ${run.date}`,
    file: null,
    date: run.date,
    program: run.program,
    model: { name, sha256, quantisation, parameters, bytes, licence },
    device: run.device,
    kind: inventory ? 'statements' : 'items',
    items: { ...run.bank, sha256: run.bank_sha256, size: (inventory ?? items).items.length },
    inventory,
    asked: { ...request, activations, pushes: steering.length },
    cancelled,
    rounding,
    observations,
    ratings,
    summary,
    remarks: [],
  };
}

/** What is known of the read-outs; null where that is not part of the report. */
export function gateOf({ asked, kind, summary }: Report): GateResult[] | null {
  if (asked === null) return null;
  return (kind === 'items' ? summary.gate : summary.likert?.gate) ?? [];
}

/** Whether the scores of a read-out may be shown as such; null where that is not known. */
export function isOffered(report: Report, readout: Readout): boolean | null {
  const gate = gateOf(report);
  return gate?.some(result => result.readout === readout && result.passes) ?? null;
}

/** The read-outs that a report has scores of. */
export function scoredReadouts({ kind, summary }: Report): Readout[] {
  const scores = kind === 'items' ? summary.scores : (summary.likert?.scores ?? []);
  return (['letters', 'continuation'] as const).filter(readout =>
    scores.some(score => score.readout === readout),
  );
}
