import { lastStep, realPerFakeAt, showRatio } from "./prevalence.ts";
import { Slider } from "./Slider.tsx";

interface PrevalenceSliderProps {
  readonly step: number;
  readonly onStep: (step: number) => void;
  /** What the share comes to, for those who listen. */
  readonly meaning?: string;
}

/** Sets how many genuine pictures the reader has for each fake, from as many to ten thousand. */
export function PrevalenceSlider({ step, onStep, meaning }: PrevalenceSliderProps) {
  return (
    <div>
      <Slider
        label="Fakes to genuine pictures"
        value={step}
        min={0}
        max={lastStep}
        shown={showRatio(realPerFakeAt(step))}
        {...(meaning !== undefined && { meaning })}
        onChange={onStep}
      />
      <p className="slider-ends" aria-hidden="true">
        {[1, 10, 100, 1000, 10_000].map((k, i) => (
          <span key={k} style={{ left: `${25 * i}%` }}>
            1:{k.toLocaleString("en")}
          </span>
        ))}
      </p>
    </div>
  );
}
