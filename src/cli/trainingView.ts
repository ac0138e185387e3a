import { count } from "../report/words.ts";
import type { RunEvent } from "../run/runEvents.ts";
import type { Output } from "./output.ts";
import { duration, ProgressBar } from "./progressBar.ts";

/** Shows a run's events: a bar within the epoch, one line for each epoch that ended. */
export class TrainingView {
  readonly #output: Output;
  readonly #bar: ProgressBar;
  #plan = { epochs: 0, stepsPerEpoch: 0, batchSize: 0 };
  #seconds = 0;
  #steps = 0;

  constructor(output: Output) {
    this.#output = output;
    this.#bar = new ProgressBar({ quiet: output.quiet });
  }

  show(event: RunEvent): void {
    switch (event.type) {
      case "stage":
        if (event.of > 0) this.#bar.show(event.done / event.of, `${event.name} ${event.done}/${event.of}`);
        else this.#line(event.name);
        break;
      case "start":
        this.#plan = event;
        // Of many members a line each is enough.
        if ((event.member ?? 0) > 0) break;
        this.#line(
          `${event.epoch + event.step === 0 ? "" : `Going on in epoch ${event.epoch + 1} after step ${event.step}. `}Training ${(event.parameters / 1e6).toFixed(2)} million parameters: at most ${count(event.epochs, "epoch")} of ${count(event.stepsPerEpoch, "step")} of ${count(event.batchSize, "picture")}.`,
        );
        break;
      case "step":
        this.#step(event);
        break;
      case "epoch":
        if (event.member !== undefined) break;
        this.#line(
          `epoch ${String(event.epoch + 1).padStart(3)}  loss ${event.loss.toFixed(4)}  accuracy ${event.accuracy.toFixed(3)}  ` +
            `validation: loss ${event.validationLoss.toFixed(4)}  accuracy ${event.validationAccuracy.toFixed(3)}  ` +
            `AUC ${event.validationRocAuc?.toFixed(3) ?? "–"}  ${duration(event.seconds)}${event.improved ? "  best" : ""}`,
        );
        break;
      case "stop":
        this.#line(event.sentence);
        break;
    }
  }

  end(): void {
    this.#bar.clear();
  }

  #step(event: Extract<RunEvent, { type: "step" }>): void {
    const { epochs, stepsPerEpoch, batchSize } = this.#plan;
    this.#seconds += event.seconds + event.waited;
    this.#steps++;
    const perStep = this.#seconds / this.#steps;
    const left = (stepsPerEpoch - event.step - 1 + (epochs - event.epoch - 1) * stepsPerEpoch) * perStep;
    this.#bar.show(
      (event.step + 1) / stepsPerEpoch,
      `epoch ${event.epoch + 1}/${epochs}  ${event.step + 1}/${stepsPerEpoch}  loss ${event.loss.toFixed(4)}  ` +
        `${(batchSize / perStep).toFixed(1)} images/s  at most ${duration(left)} left`,
    );
  }

  #line(text: string): void {
    this.#bar.clear();
    this.#output.note(text);
  }
}
