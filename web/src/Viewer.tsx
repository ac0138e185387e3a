import { type KeyboardEvent, useEffect, useState } from "react";
import { ElaPane } from "./ElaPane.tsx";
import { FactsPane } from "./FactsPane.tsx";
import { HeatMapPane } from "./HeatMapPane.tsx";
import type { Picture } from "./usePictures.ts";

const panes = [
  { name: "heat-map", title: undefined, Pane: HeatMapPane },
  { name: "ela", title: "Error levels", Pane: ElaPane },
  { name: "facts", title: "File facts", Pane: FactsPane },
] as const;

let lastShown: (typeof panes)[number]["name"] = "heat-map"; // going to the next picture keeps the pane

interface ViewerProps {
  readonly picture: Picture;
  /** Of the first pane, which shows a heat map only where there is a model. */
  readonly firstTitle: string;
  readonly onUnshowable: () => void;
  /** The region that is shown from near; going to one leads back to the first pane. */
  readonly focus: number | undefined;
  readonly onFocus: (region: number | undefined) => void;
}

export function Viewer({ picture, firstTitle, ...rest }: ViewerProps) {
  const [shown, setShown] = useState(lastShown);
  const { focus } = rest;
  useEffect(() => {
    if (focus !== undefined) setShown("heat-map");
  }, [focus]);
  const show = (name: typeof shown) => {
    lastShown = name;
    setShown(name);
  };
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const at = panes.findIndex(({ name }) => name === shown);
    const { name } = panes[(at + by + panes.length) % panes.length]!;
    show(name);
    event.currentTarget.querySelector<HTMLElement>(`#tab-${name}`)?.focus();
  };
  return (
    <section className="viewer" aria-label="Picture">
      <div role="tablist" aria-label="Views" className="tabs" onKeyDown={step}>
        {panes.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={name === shown}
            aria-controls={`pane-${name}`}
            tabIndex={name === shown ? 0 : -1}
            onClick={() => show(name)}
          >
            {title ?? firstTitle}
          </button>
        ))}
      </div>
      {panes.map(({ name, Pane }) => (
        <div key={name} role="tabpanel" id={`pane-${name}`} aria-labelledby={`tab-${name}`} hidden={name !== shown}>
          {name === shown && <Pane picture={picture} {...rest} />}
        </div>
      ))}
    </section>
  );
}
