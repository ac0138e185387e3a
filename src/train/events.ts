/** What a training run tells whoever listens: the bar, the file, the page. */
export type TrainEvent =
  | {
      readonly type: "start";
      readonly epochs: number;
      readonly stepsPerEpoch: number;
      readonly batchSize: number;
      readonly parameters: number;
      /** First epoch of this process: 0, or where a resumed run goes on. */
      readonly epoch: number;
      /** Steps of that epoch that are done already. */
      readonly step: number;
    }
  | {
      readonly type: "step";
      readonly epoch: number;
      readonly step: number;
      /** Mean over the batch, before the update. */
      readonly loss: number;
      readonly gradientNorm: number;
      readonly learningRate: number;
      /** Of the step alone, and of the wait for its batch, in seconds. */
      readonly seconds: number;
      readonly waited: number;
    }
  | ({ readonly type: "epoch"; readonly improved: boolean } & EpochRecord)
  | { readonly type: "stop"; readonly because: StopReason; readonly sentence: string; readonly bestEpoch: number };

export type StopReason = "finished" | "early-stopping" | "interrupted";

/** One line of results.csv. */
export interface EpochRecord {
  readonly epoch: number;
  /** Means over the epoch's batches, with augmentation and dropout. */
  readonly loss: number;
  readonly accuracy: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
  readonly validationRocAuc: number | null;
  readonly learningRate: number;
  /** Wall time of the epoch, validation included, and of its bare steps. */
  readonly seconds: number;
  readonly stepSeconds: number;
}
