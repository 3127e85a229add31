import type { TextResult } from '../generated/TextResult';
import type { CatalogueEntry } from '../lib/catalogue';
import type {
  CoherenceRequest,
  CoherenceResult,
  ComparedAnswers,
  Comparison,
  DataText,
  DeviceChoice,
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
  HiddenResult,
  Instrument,
  ItemBank,
  LikertInventory,
  LikertSummary,
  LoadProgress,
  LogitsRequest,
  LogitsResult,
  ModelInfo,
  MonitoringRequest,
  MonitoringResult,
  MonitoringRow,
  MonitoringSummary,
  Norm,
  Notice,
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

/** Where a model's bytes come from. */
export type SourceSpec =
  | { kind: 'file'; file: Blob; name: string }
  | { kind: 'url'; url: string; name: string; bytes: number | null; sha256: string | null };

/** A model file kept in the browser's storage. */
export interface StoredModel {
  key: string;
  name: string;
  bytes: number;
  sha256: string;
  url: string;
  /** When it was stored, ISO 8601. */
  date: string;
}

/** The beginning of a model file whose download was paused or broke. */
export interface PartialModel {
  key: string;
  name: string;
  url: string;
  /** What the whole file must have, where that is known. */
  sha256: string | null;
  /** Bytes that are here. */
  done: number;
  /** Bytes of the whole file, where that is known. */
  total: number | null;
  /** Whether it outlives the visit; without storage it is in memory. */
  lasting: boolean;
}

/** An item file kept in the browser's storage. */
export interface KeptInstrument {
  key: string;
  /** As the file was called, without what a file system may not take. */
  name: string;
  bytes: number;
  sha256: string;
}

/** What opening a model gives. */
export interface Opened {
  /** Names the model in later calls. */
  model: number;
  info: ModelInfo;
  /** Whether the bytes came from the browser's storage without the network. */
  from_storage: boolean;
  /** The bytes themselves where they are not in the browser's storage. They are not copied on their way. */
  blob: Blob | null;
  notices: Notice[];
}

/** A job is a number that the page chooses and may later cancel. */
export interface WorkerApi {
  /** With `former`, in the place of that model, which stays where this fails. */
  open(
    job: number,
    source: SourceSpec,
    device: DeviceChoice,
    known: CatalogueEntry[],
    former: number | null,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Opened>;
  /** The same bytes on another device. The old model is gone afterwards, and stays where this fails. */
  reopen(
    job: number,
    model: number,
    device: DeviceChoice,
    onProgress: (progress: Progress) => void,
  ): Promise<Opened>;
  info(model: number): Promise<ModelInfo>;
  selfTest(model: number): Promise<SelfTest>;
  operationCost(model: number, repeats: number): Promise<OperationCost>;
  logits(model: number, request: LogitsRequest): Promise<LogitsResult>;
  hidden(model: number, prompt: PromptInput): Promise<HiddenResult>;
  /** Refuses a request that the model cannot carry out, before anything is computed. */
  check(job: number, model: number, request: ScoreRequest): Promise<void>;
  score(
    job: number,
    model: number,
    request: ScoreRequest,
    onEvent: (event: ScoreEvent) => void,
  ): Promise<ScoreResult>;
  generate(
    job: number,
    model: number,
    request: TextRequest,
    onToken: (token: TextEvent) => void,
  ): Promise<TextResult>;
  extract(
    job: number,
    model: number,
    request: ExtractRequest,
    onProgress: (progress: Progress) => void,
    onResponse: (response: Response) => void,
  ): Promise<Extraction>;
  calibrate(job: number, model: number, vectors: TraitVectors): Promise<TraitVectors>;
  shuffled(
    job: number,
    model: number,
    request: ExtractRequest,
    layer: number,
    count: number,
    seed: number,
  ): Promise<number[][]>;
  effect(
    job: number,
    model: number,
    request: EffectRequest,
    onEvent: (event: SweepEvent) => void,
  ): Promise<EffectResult>;
  coherence(
    job: number,
    model: number,
    request: CoherenceRequest,
    onProgress: (progress: Progress) => void,
  ): Promise<CoherenceResult>;
  monitoring(
    job: number,
    model: number,
    request: MonitoringRequest,
    onProgress: (progress: Progress) => void,
  ): Promise<MonitoringResult>;
  freeAnswers(
    job: number,
    model: number,
    request: FreeRequest,
    onProgress: (progress: Progress) => void,
  ): Promise<FreeResult>;
  difference(
    job: number,
    model: number,
    request: DifferenceRequest,
    onProgress: (progress: Progress) => void,
  ): Promise<DifferenceResult>;
  close(model: number): Promise<void>;
  cancel(job: number): void;
  /** Stops a download and keeps what has come. */
  pause(job: number): void;
  bundledItems(): Promise<ItemBank>;
  parseInstrument(bytes: Uint8Array, name: string): Promise<Instrument>;
  summarise(observations: Observation[], gate: GateResult[], seed: number): Promise<Summary>;
  summariseRatings(
    ratings: Rating[],
    facts: Rating[],
    asked: number,
    norms: Norm[],
    seed: number,
  ): Promise<LikertSummary | null>;
  gate(answers: GateAnswer[], asked: number): Promise<GateResult[]>;
  parseTrait(bytes: Uint8Array): Promise<TraitArtefact>;
  readDirections(bytes: Uint8Array, name: string): Promise<TraitVectors[]>;
  writeDirections(vectors: TraitVectors[], format: DirectionFormat): Promise<Uint8Array>;
  orthogonal(vectors: number[][]): Promise<number[][]>;
  gaussian(width: number, count: number, seed: number): Promise<number[][]>;
  summariseEffect(request: EffectRequest, observations: Observation[][]): Promise<EffectSummary>;
  summariseMonitoring(request: MonitoringRequest, rows: MonitoringRow[]): Promise<MonitoringSummary[]>;
  summariseFree(answers: FreeAnswer[], ratings: FreeRating[], seed: number): Promise<FreeSummary>;
  parseTexts(bytes: Uint8Array): Promise<DataText[]>;
  compareAnswers(before: ComparedAnswers, after: ComparedAnswers, seed: number): Promise<Comparison>;
  parseStudy(bytes: Uint8Array): Promise<StudyFile>;
  studySettings(study: StudyFile): Promise<Setting[]>;
  studyInventory(study: StudyFile, setting: Setting): Promise<string | null>;
  studyRequest(
    study: StudyFile,
    setting: Setting,
    bank: ItemBank,
    inventory: LikertInventory | null,
  ): Promise<ScoreRequest>;
  studyGate(study: StudyFile, inventory: LikertInventory | null): Promise<ScoreRequest[]>;
  studyReadouts(study: StudyFile, gate: GateResult[], statementGate: GateResult[]): Promise<Readout[]>;
  settingAnswers(setting: Setting, observations: Observation[], ratings: Rating[]): Promise<SettingAnswers>;
  summariseStudy(study: StudyFile, answers: SettingAnswers[], norms: Norm[]): Promise<StudySummary>;
  parseStudyResult(bytes: Uint8Array): Promise<StudyResult>;
  compareStudies(before: StudyResult, after: StudyResult, seed: number): Promise<ScaleChange[]>;
  joinStudyResults(one: StudyResult, other: StudyResult): Promise<StudyResult>;
  sha256(bytes: Uint8Array): Promise<string>;
  version(): Promise<string>;
  stored(): Promise<StoredModel[]>;
  partial(): Promise<PartialModel[]>;
  remove(key: string): Promise<void>;
  keptInstruments(): Promise<KeptInstrument[]>;
  keepInstrument(bytes: Uint8Array, name: string): Promise<KeptInstrument>;
  readInstrument(key: string): Promise<Uint8Array<ArrayBuffer>>;
  removeInstrument(key: string): Promise<void>;
}
