import { useEffect, useState } from "react";
import { ElaPane } from "./ElaPane.tsx";
import { FactsPane } from "./FactsPane.tsx";
import { HeatMapPane } from "./HeatMapPane.tsx";
import { Tabs } from "./Tabs.tsx";
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
  const tabs = panes.map(({ name, title }) => ({ name, title: title ?? firstTitle }));
  return (
    <section className="viewer" aria-label="Picture">
      <Tabs label="Views" tabs={tabs} shown={shown} onShow={show} />
      {panes.map(({ name, Pane }) => (
        <div key={name} role="tabpanel" id={`pane-${name}`} aria-labelledby={`tab-${name}`} hidden={name !== shown}>
          {name === shown && <Pane picture={picture} {...rest} />}
        </div>
      ))}
    </section>
  );
}
