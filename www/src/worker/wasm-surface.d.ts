/** The surface of the wasm module, as far as the worker uses it. */
declare module '#wasm/baseline/traitscope_web.js' {
  import type {
    GateResult,
    HiddenResult,
    ItemBank,
    LogitsRequest,
    LogitsResult,
    ModelInfo,
    Observation,
    Progress,
    PromptInput,
    ScoreEvent,
    ScoreRequest,
    ScoreResult,
    SelfTest,
    Summary,
    TextRequest,
    TextResult,
  } from '../types';
  import type { OperationCost } from './protocol';

  export default function init(module: { module_or_path: string | URL }): Promise<unknown>;

  export class Source {
    private constructor();
    static fromBlob(blob: Blob): Source;
    static fromHandle(handle: FileSystemSyncAccessHandle): Source;
  }

  export class Sha256 {
    update(bytes: Uint8Array): void;
    hex(): string;
  }

  export class Model {
    private constructor();
    static open(
      source: Source,
      options: { device: 'auto' | 'gpu' | 'cpu'; name: string; sha256?: string; catalogue?: object },
      onProgress: (progress: Progress) => void,
      control: { cancelled: boolean },
    ): Promise<Model>;
    info(): ModelInfo;
    selfTest(): Promise<SelfTest>;
    operationCost(repeats: number): Promise<OperationCost>;
    logits(request: LogitsRequest): Promise<LogitsResult>;
    hidden(prompt: PromptInput): Promise<HiddenResult>;
    score(
      request: ScoreRequest,
      onEvent: (event: ScoreEvent) => void,
      control: { cancelled: boolean },
    ): Promise<ScoreResult>;
    generate(
      request: TextRequest,
      onToken: (token: { id: number; text: string }) => void,
      control: { cancelled: boolean },
    ): Promise<TextResult>;
    free(): void;
  }

  export function bundledItems(): ItemBank;
  export function parseItems(bytes: Uint8Array, name: string): ItemBank;
  export function summarise(observations: Observation[], gate: GateResult[], seed: number): Summary;
  export function version(): string;
}

/** The same surface, for browsers with relaxed SIMD. */
declare module '#wasm/relaxed/traitscope_web.js' {
  export * from '#wasm/baseline/traitscope_web.js';
  export { default } from '#wasm/baseline/traitscope_web.js';
}
