import type { KeyboardEvent } from "react";
import { PickButton } from "./PickButton.tsx";
import type { Picture } from "./usePictures.ts";
import { verdictWords } from "./words.ts";

interface FilmstripProps {
  readonly pictures: readonly Picture[];
  readonly selected: Picture;
  readonly onSelect: (id: number) => void;
  readonly onFiles: (files: Iterable<File>) => void;
  readonly onClear: () => void;
}

/** All pictures with their verdicts in a word; the arrow keys go from one to the next. */
export function Filmstrip({ pictures, selected, onSelect, onFiles, onClear }: FilmstripProps) {
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const target = pictures[pictures.indexOf(selected) + by];
    if (by === 0 || target === undefined) return;
    event.preventDefault();
    onSelect(target.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-picture="${target.id}"]`)?.focus();
  };
  return (
    <nav className="filmstrip" aria-label="Pictures">
      <ul onKeyDown={step}>
        {pictures.map((picture) => (
          <li key={picture.id}>
            <button
              type="button"
              className="frame"
              data-picture={picture.id}
              aria-current={picture === selected ? "true" : undefined}
              tabIndex={picture === selected ? 0 : -1}
              onClick={() => onSelect(picture.id)}
            >
              <img
                src={picture.url}
                alt=""
                decoding="async"
                onError={({ currentTarget }) => currentTarget.classList.add("is-blank")}
              />
              <span className="frame-name">{picture.file.name}</span>
              <Chip picture={picture} />
            </button>
          </li>
        ))}
      </ul>
      <div className="filmstrip-actions">
        <PickButton className="button" onFiles={onFiles}>
          Add pictures
        </PickButton>
        <button type="button" className="button" onClick={onClear}>
          Clear
        </button>
      </div>
    </nav>
  );
}

function Chip({ picture: { state, answer, error } }: { picture: Picture }) {
  if (answer !== undefined)
    return <span className={`chip chip-${answer.verdict}`}>{verdictWords[answer.verdict].chip}</span>;
  if (error !== undefined) return <span className="chip chip-error">Not examined</span>;
  return (
    <span className="chip">{state === "done" ? "No verdict" : state === "reading" ? "Examining…" : "Waiting"}</span>
  );
}
