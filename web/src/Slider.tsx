import { useId } from "react";

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** The value as people read it. */
  readonly shown: string;
  /** What it comes to, for those who listen. */
  readonly meaning?: string;
  readonly onChange: (value: number) => void;
}

export function Slider({ label, value, min, max, shown, meaning, onChange }: SliderProps) {
  const id = useId();
  return (
    <div className="slider">
      <label htmlFor={id}>{label}</label>
      <span aria-hidden="true">{shown}</span>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        value={value}
        aria-valuetext={meaning === undefined ? shown : `${shown}: ${meaning}`}
        onChange={({ currentTarget }) => onChange(currentTarget.valueAsNumber)}
      />
    </div>
  );
}
