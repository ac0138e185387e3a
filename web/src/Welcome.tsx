import type { ModelAnswer } from "../../src/server/answers.ts";
import { NoModel } from "./NoModel.tsx";
import { PickButton } from "./PickButton.tsx";

export function Welcome({
  model,
  onFiles,
}: {
  model: ModelAnswer | undefined;
  onFiles: (files: Iterable<File>) => void;
}) {
  return (
    <div className="welcome">
      <h1>Was this picture altered?</h1>
      <p className="lead">Put a picture to the test. It is examined on this machine and goes nowhere else.</p>
      <PickButton className="drop-zone" onFiles={onFiles}>
        <svg viewBox="0 0 48 48" aria-hidden="true">
          <path d="M6 16V6h10M32 6h10v10M42 32v10H32M16 42H6V32" />
          <path d="M24 32V17m-6.500 6L24 16.500l6.500 6.500" />
        </svg>
        <span className="drop-zone-title">Drop pictures here, paste, or choose</span>
        <span className="drop-zone-note">JPEG, PNG, WebP, HEIC, AVIF, TIFF or GIF</span>
      </PickButton>
      {model?.model === null && <NoModel />}
      {model?.model && (
        <p className="aside">
          The model <strong>{model.model.name}</strong> answers. It knows {model.model.domain}; of anything else it says
          little.
        </p>
      )}
      <ol className="promises">
        <li>
          <h2>A verdict with its limits</h2>
          <p>A calibrated probability, the rate of false alarms it stands on, and what it cannot see.</p>
        </li>
        <li>
          <h2>Where it looked</h2>
          <p>The places that moved the score, laid over the picture, to compare with the original.</p>
        </li>
        <li>
          <h2>The traces themselves</h2>
          <p>Error levels, quantisation tables, metadata and hashes, each with what to look at and what to ignore.</p>
        </li>
      </ol>
    </div>
  );
}
