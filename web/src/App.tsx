import { useEffect, useState } from "react";
import type { ModelAnswer } from "../../src/server/answers.ts";
import { fetchModel, sentence } from "./api.ts";
import { Compare } from "./compare/Compare.tsx";
import { Examine } from "./Examine.tsx";
import { Header } from "./Header.tsx";
import { usePage } from "./page.ts";

export function App() {
  const page = usePage();
  const [model, setModel] = useState<ModelAnswer>();
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => {
    fetchModel().then(setModel, (error: unknown) => setTrouble(sentence(error)));
  }, []);

  return (
    <>
      <Header model={model} page={page} />
      <main>
        {trouble !== undefined && <p className="notice notice-error">{trouble}</p>}
        <Examine model={model} isShown={page.name === "examine"} />
        {page.name === "compare" && <Compare key={page.comparison} name={page.comparison} />}
      </main>
    </>
  );
}
