/**
 * The structures that cross between the page and the measuring core, named as in their JSON and written by the Rust
 * side under `generated/`, and the two that the library gives in another form.
 */

import type { HiddenShape } from './generated/HiddenShape';
import type { Notice } from './generated/Notice';
import type { Progress } from './generated/Progress';
import type { TextResult as CoreText } from './generated/TextResult';

export type { Activations } from './generated/Activations';
export type { Agreement } from './generated/Agreement';
export type { AllLayouts } from './generated/AllLayouts';
export type { Apart } from './generated/Apart';
export type { Arm } from './generated/Arm';
export type { ArmKind } from './generated/ArmKind';
export type { ChanceEffects } from './generated/ChanceEffects';
export type { Coherence } from './generated/Coherence';
export type { CoherenceRequest } from './generated/CoherenceRequest';
export type { CoherenceResult } from './generated/CoherenceResult';
export type { ComparedAnswers } from './generated/ComparedAnswers';
export type { Comparison } from './generated/Comparison';
export type { Components } from './generated/Components';
export type { CorrectedScore } from './generated/CorrectedScore';
export type { Correlation } from './generated/Correlation';
export type { DataText } from './generated/DataText';
export type { DeviceChoice } from './generated/DeviceChoice';
export type { DeviceInfo } from './generated/DeviceInfo';
export type { DifferenceRequest } from './generated/DifferenceRequest';
export type { DifferenceResult } from './generated/DifferenceResult';
export type { DifferenceRow } from './generated/DifferenceRow';
export type { DirectionEffects } from './generated/DirectionEffects';
export type { DomainComparison } from './generated/DomainComparison';
export type { DoseCurve } from './generated/DoseCurve';
export type { DosePoint } from './generated/DosePoint';
export type { EffectCondition } from './generated/EffectCondition';
export type { EffectRequest } from './generated/EffectRequest';
export type { EffectResult } from './generated/EffectResult';
export type { EffectSummary } from './generated/EffectSummary';
export type { Estimate } from './generated/Estimate';
export type { Extraction } from './generated/Extraction';
export type { ExtractRequest } from './generated/ExtractRequest';
export type { Factor } from './generated/Factor';
export type { FactorLevel } from './generated/FactorLevel';
export type { Frame } from './generated/Frame';
export type { FreeAnswer } from './generated/FreeAnswer';
export type { FreeRating } from './generated/FreeRating';
export type { FreeRequest } from './generated/FreeRequest';
export type { FreeResult } from './generated/FreeResult';
export type { FreeScore } from './generated/FreeScore';
export type { FreeScores } from './generated/FreeScores';
export type { FreeSummary } from './generated/FreeSummary';
export type { GateAnswer } from './generated/GateAnswer';
export type { GateResult } from './generated/GateResult';
export type { Golden } from './generated/Golden';
export type { Instrument } from './generated/Instrument';
export type { Item } from './generated/Item';
export type { ItemBank } from './generated/ItemBank';
export type { JudgedText } from './generated/JudgedText';
export type { LabelStyle } from './generated/LabelStyle';
export type { Ladder } from './generated/Ladder';
export type { LadderStep } from './generated/LadderStep';
export type { LayerVector } from './generated/LayerVector';
export type { Layout } from './generated/Layout';
export type { LetterPrior } from './generated/LetterPrior';
export type { LetterReport } from './generated/LetterReport';
export type { LetterTemplate as Template } from './generated/LetterTemplate';
export type { LevelEffect } from './generated/LevelEffect';
export type { LikertInventory } from './generated/LikertInventory';
export type { LikertSummary } from './generated/LikertSummary';
export type { LogitsRequest } from './generated/LogitsRequest';
export type { LogitsResult } from './generated/LogitsResult';
export type { Message } from './generated/Message';
export type { Meter } from './generated/Meter';
export type { Missing } from './generated/Missing';
export type { ModelInfo } from './generated/ModelInfo';
export type { MonitoringRequest } from './generated/MonitoringRequest';
export type { MonitoringResult } from './generated/MonitoringResult';
export type { MonitoringRow } from './generated/MonitoringRow';
export type { MonitoringSummary } from './generated/MonitoringSummary';
export type { Norm } from './generated/Norm';
export type { Notice } from './generated/Notice';
export type { Observation } from './generated/Observation';
export type { OperationCost } from './generated/OperationCost';
export type { OptionScore } from './generated/OptionScore';
export type { PairedDifference } from './generated/PairedDifference';
export type { Persona } from './generated/Persona';
export type { PersonaEffects } from './generated/PersonaEffects';
export type { PlacedEffect } from './generated/PlacedEffect';
export type { Placement } from './generated/Placement';
export type { Plane } from './generated/Plane';
export type { Positions } from './generated/Positions';
export type { Progress } from './generated/Progress';
export type { PromptInput } from './generated/PromptInput';
export type { PromptMode } from './generated/PromptMode';
export type { Rating } from './generated/Rating';
export type { Reading } from './generated/Reading';
export type { Readout } from './generated/Readout';
export type { ReadoutAgreement } from './generated/ReadoutAgreement';
export type { Reliability } from './generated/Reliability';
export type { Response } from './generated/Response';
export type { Retest } from './generated/Retest';
export type { RoundingLoss } from './generated/RoundingLoss';
export type { RowLogits } from './generated/RowLogits';
export type { RowRequest } from './generated/RowRequest';
export type { ScaleChange } from './generated/ScaleChange';
export type { ScaleOverSettings } from './generated/ScaleOverSettings';
export type { ScaleScore } from './generated/ScaleScore';
export type { Score } from './generated/Score';
export type { ScoreEvent } from './generated/ScoreEvent';
export type { ScoreRequest } from './generated/ScoreRequest';
export type { ScoreResult } from './generated/ScoreResult';
export type { SelfTest } from './generated/SelfTest';
export type { Sensitivity } from './generated/Sensitivity';
export type { Setting } from './generated/Setting';
export type { SettingAnswers } from './generated/SettingAnswers';
export type { Share } from './generated/Share';
export type { Steering } from './generated/Steering';
export type { SteeringCondition } from './generated/SteeringCondition';
export type { SteeringEdit } from './generated/SteeringEdit';
export type { Stop } from './generated/Stop';
export type { StudyFile } from './generated/StudyFile';
export type { StudyResult } from './generated/StudyResult';
export type { StudySummary } from './generated/StudySummary';
export type { StudyValidity } from './generated/StudyValidity';
export type { Summary } from './generated/Summary';
export type { SweepEvent } from './generated/SweepEvent';
export type { TemplateScore } from './generated/TemplateScore';
export type { TextEvent } from './generated/TextEvent';
export type { TextRequest } from './generated/TextRequest';
export type { TopToken } from './generated/TopToken';
export type { TraitArtefact } from './generated/TraitArtefact';
export type { TraitComparison } from './generated/TraitComparison';
export type { TraitVectors } from './generated/TraitVectors';

/** The residual stream along a prompt. */
export interface HiddenResult extends HiddenShape {
  /**
   * `(layers + 1) * tokens.length * width` values: the embedding's output at every position, then what stands after
   * each block.
   */
  values: Float32Array<ArrayBuffer>;
}

/** How far the opening of a model has come; `notice` stands as long as it holds: a download tries again, or began again. */
export interface LoadProgress extends Progress {
  notice?: Notice;
}

/** A form of files of directions: GGUF control vectors, which hold one trait, or safetensors. */
export type DirectionFormat = 'gguf' | 'safetensors';

/** What was written, and how long it took. */
export interface TextResult extends CoreText {
  milliseconds: number;
}
