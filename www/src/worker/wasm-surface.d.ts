import type { HiddenShape } from '../generated/HiddenShape';
import type { OpenOptions } from '../generated/OpenOptions';
import type { TextResult } from '../generated/TextResult';
import type {
  CoherenceRequest,
  CoherenceResult,
  ComparedAnswers,
  Comparison,
  DataText,
  DifferenceRequest,
  DifferenceResult,
  DirectionFormat,
  EffectRequest,
  EffectResult,
  EffectSummary,
  Extraction,
  ExtractRequest,
  FreeAnswer,
  FreeRating,
  FreeRequest,
  FreeResult,
  FreeSummary,
  GateAnswer,
  GateResult,
  Instrument,
  ItemBank,
  LikertInventory,
  LikertSummary,
  LogitsRequest,
  LogitsResult,
  ModelInfo,
  MonitoringRequest,
  MonitoringResult,
  MonitoringRow,
  MonitoringSummary,
  Norm,
  Observation,
  OperationCost,
  Progress,
  PromptInput,
  Rating,
  Readout,
  Response,
  ScaleChange,
  ScoreEvent,
  ScoreRequest,
  ScoreResult,
  SelfTest,
  Setting,
  SettingAnswers,
  StudyFile,
  StudyResult,
  StudySummary,
  Summary,
  SweepEvent,
  TextEvent,
  TextRequest,
  TraitArtefact,
  TraitVectors,
} from '../types';

/**
 * The surface of the wasm module, as far as the worker uses it; `scripts/check-surface.mjs` holds it against what
 * wasm-bindgen declares. It stands here so that the page can be checked without compiling the module
 * (`paths` in tsconfig.json); both variants have it.
 */
export default function init(module: { module_or_path: string | URL | WebAssembly.Module }): Promise<unknown>;

export class Source {
  private constructor();
  free(): void;
  static fromBlob(blob: Blob): Source;
  static fromHandle(handle: FileSystemSyncAccessHandle): Source;
}

export class Sha256 {
  free(): void;
  update(bytes: Uint8Array): void;
  hex(): string;
}

/** Set `cancelled` to stop what runs. */
export interface Control {
  cancelled: boolean;
}

export class Model {
  private constructor();
  static open(
    source: Source,
    options: OpenOptions,
    onProgress: (progress: Progress) => void,
    control: Control,
  ): Promise<Model>;
  info(): ModelInfo;
  selfTest(): Promise<SelfTest>;
  operationCost(repeats: number): Promise<OperationCost>;
  logits(request: LogitsRequest): Promise<LogitsResult>;
  hidden(prompt: PromptInput): Promise<HiddenShape & { values: Float32Array<ArrayBuffer> }>;
  check(request: ScoreRequest, control: Control): Promise<void>;
  score(request: ScoreRequest, onEvent: (event: ScoreEvent) => void, control: Control): Promise<ScoreResult>;
  generate(request: TextRequest, onEvent: (event: TextEvent) => void, control: Control): Promise<TextResult>;
  extract(
    request: ExtractRequest,
    onProgress: (progress: Progress) => void,
    onResponse: (response: Response) => void,
    control: Control,
  ): Promise<Extraction>;
  calibrate(vectors: TraitVectors, control: Control): Promise<TraitVectors>;
  shuffled(
    request: ExtractRequest,
    layer: number,
    count: number,
    seed: number,
    onProgress: (progress: Progress) => void,
    control: Control,
  ): Promise<number[][]>;
  effect(
    request: EffectRequest,
    onEvent: (event: SweepEvent) => void,
    control: Control,
  ): Promise<EffectResult>;
  coherence(
    request: CoherenceRequest,
    onProgress: (progress: Progress) => void,
    control: Control,
  ): Promise<CoherenceResult>;
  monitoring(
    request: MonitoringRequest,
    onProgress: (progress: Progress) => void,
    control: Control,
  ): Promise<MonitoringResult>;
  freeAnswers(
    request: FreeRequest,
    onProgress: (progress: Progress) => void,
    control: Control,
  ): Promise<FreeResult>;
  difference(
    request: DifferenceRequest,
    onProgress: (progress: Progress) => void,
    control: Control,
  ): Promise<DifferenceResult>;
  free(): void;
}

export function bundledItems(): ItemBank;
export function parseInstrument(bytes: Uint8Array, name: string): Instrument;
export function summarise(observations: Observation[], gate: GateResult[], seed: number): Summary;
export function summariseRatings(
  ratings: Rating[],
  facts: Rating[],
  asked: number,
  norms: Norm[],
  seed: number,
): LikertSummary | null;
export function gate(answers: GateAnswer[], asked: number): GateResult[];
export function parseTrait(bytes: Uint8Array): TraitArtefact;
export function readDirections(bytes: Uint8Array, name: string): TraitVectors[];
export function writeDirections(vectors: TraitVectors[], format: DirectionFormat): Uint8Array;
export function orthogonal(vectors: number[][]): number[][];
export function gaussian(width: number, count: number, seed: number): number[][];
export function summariseEffect(request: EffectRequest, observations: Observation[][]): EffectSummary;
export function summariseMonitoring(request: MonitoringRequest, rows: MonitoringRow[]): MonitoringSummary[];
export function summariseFree(answers: FreeAnswer[], ratings: FreeRating[], seed: number): FreeSummary;
export function parseTexts(bytes: Uint8Array): DataText[];
export function compareAnswers(before: ComparedAnswers, after: ComparedAnswers, seed: number): Comparison;
export function parseStudy(bytes: Uint8Array): StudyFile;
export function studySettings(study: StudyFile): Setting[];
export function studyInventory(study: StudyFile, setting: Setting): string | null;
export function studyRequest(
  study: StudyFile,
  setting: Setting,
  bank: ItemBank,
  inventory: LikertInventory | null,
): ScoreRequest;
export function studyGate(study: StudyFile, inventory: LikertInventory | null): ScoreRequest[];
export function studyReadouts(study: StudyFile, gate: GateResult[], statementGate: GateResult[]): Readout[];
export function settingAnswers(
  setting: Setting,
  observations: Observation[],
  ratings: Rating[],
): SettingAnswers;
export function summariseStudy(study: StudyFile, answers: SettingAnswers[], norms: Norm[]): StudySummary;
export function parseStudyResult(bytes: Uint8Array): StudyResult;
export function compareStudies(before: StudyResult, after: StudyResult, seed: number): ScaleChange[];
export function joinStudyResults(one: StudyResult, other: StudyResult): StudyResult;
export function version(): string;
