/** The public library; nothing else is importable. */
export { UserError } from "./core/errors.ts";
export { type Estimate, isDefined } from "./core/estimate.ts";
export { createRng, type Rng } from "./core/rng.ts";
export type { Label, Part, Sample, Samples } from "./core/sample.ts";
export { makeCrops } from "./data/makeCrops.ts";
export { makeImbalanced } from "./data/makeImbalanced.ts";
export { type Dataset, readDataset } from "./data/manifest.ts";
export { protocolNames } from "./data/protocols.ts";
export { splitDataset } from "./data/split.ts";
export { type Detection, type Detector, detectionBody, type HeatMap, type Verdict } from "./detect/detection.ts";
export { openDetector } from "./detect/detector.ts";
export { forgeSlips } from "./forge/dataset.ts";
export type { Codec, DecodedImage, Pixels } from "./image/codec.ts";
export { sharpCodec } from "./image/sharpCodec.ts";
export { architectures } from "./nn/architectures/index.ts";
export type { OwnArchitecture } from "./nn/build.ts";
export type { NetworkBuilder } from "./nn/builder.ts";
export * as initializers from "./nn/init.ts";
export * as layers from "./nn/layers.ts";
export { losses } from "./nn/losses/index.ts";
export {
  type Batch,
  createTrainer,
  exportModel,
  type NamedTensors,
  type NetworkRecipe,
  type StepResult,
  type Trainer,
  type TrainerOptions,
  type TrainerState,
} from "./nn/network.ts";
export { optimizers } from "./nn/optimizers/index.ts";
export { schedules } from "./nn/schedules/index.ts";
export { gradient } from "./onnx/gradient.ts";
export { Graph, type Shape, type Value } from "./onnx/graph.ts";
export * as operators from "./onnx/operators/index.ts";
export { operator } from "./onnx/operators/operator.ts";
export { createSession, type Session } from "./onnx/session.ts";
export { representations } from "./representations/index.ts";
export { type EvaluationBody, evaluateRun } from "./run/evaluateRun.ts";
export { exportRun } from "./run/exportRun.ts";
export { loadRecipe } from "./run/recipes.ts";
export { type RobustnessBody, robustnessRun } from "./run/robustnessRun.ts";
export { type TrainRunResult, trainRun } from "./run/trainRun.ts";
export { type CompareInput, type CompareResult, compare } from "./study/compareRun.ts";
