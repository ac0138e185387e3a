import { useState } from "react";
import { isDefined } from "../../src/core/estimate.ts";
import { precisionAt } from "../../src/report/precisionAt.ts";
import type { ModelAnswer } from "../../src/server/answers.ts";
import { PrevalenceSlider } from "./PrevalenceSlider.tsx";
import { nearestStep, realPerFakeAt } from "./prevalence.ts";
import { perHundred } from "./words.ts";

let lastChosen = nearestStep(100); // going to the next picture keeps the reader's share of fakes

/** How many alarms are right where fakes are as rare as the reader says, from what the model measured on validation. */
export function AlarmWorth({ operatingPoint }: { operatingPoint: NonNullable<ModelAnswer["operatingPoint"]> }) {
  const [step, setStep] = useState(lastChosen);
  const precision = precisionAt(operatingPoint.recall, operatingPoint.falseAlarmRate, realPerFakeAt(step));
  if (!isDefined(precision)) return null;
  const [right, low, high] = [precision.value, precision.low, precision.high].map(perHundred);
  return (
    <div className="alarm-worth">
      <h2>What this alarm is worth among your pictures</h2>
      <PrevalenceSlider
        step={step}
        meaning={`${right} of 100 alarms are right`}
        onStep={(chosen) => {
          lastChosen = chosen;
          setStep(chosen);
        }}
      />
      <p className="alarm-answer">
        Of 100 such alarms about <strong>{right}</strong> are right ({low} to {high}).
      </p>
      <p className="aside">From what it found and flagged on its validation set; on other pictures it may be less.</p>
    </div>
  );
}
