import type { DeviceInfo } from '../types';
import type { Dial } from './dials';
import type { Report } from './report';
import type { Written } from './written';

/** What is shown before there is anything of the visitor's own: recorded with the default model by `tools/record-examples.mjs`. */

/** Where an example was recorded. */
interface Recorded {
  /** Processor and browser, in words; English in every language. */
  machine: string;
}

export type ReportExample = Report & Recorded;

/** A text with its steered twin. */
export interface SteeringExample extends Recorded {
  model: string;
  device: DeviceInfo;
  /** When it was recorded, ISO 8601. */
  date: string;
  question: string;
  dials: Dial[];
  /** The layer of each dial. */
  layers: number[];
  unsteered: Written;
  steered: Written;
}

/** The report of the standard test; its figures without the answers that they are of. */
export async function exampleReport(): Promise<ReportExample> {
  return (await import('./examples/report.json')).default as unknown as ReportExample;
}

export async function exampleSteering(): Promise<SteeringExample> {
  return (await import('./examples/steering.json')).default as unknown as SteeringExample;
}
