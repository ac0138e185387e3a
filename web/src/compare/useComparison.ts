import { useCallback, useEffect, useState } from "react";
import type { ComparisonData } from "../../../src/report/compare/comparisonData.ts";
import { readComparison } from "../../../src/report/compare/readComparison.ts";
import { fetchComparison, sentence } from "../api.ts";

interface Opened {
  /** Where it came from: a folder of runs/, or a file of the reader's. */
  readonly source: string;
  readonly data: ComparisonData;
  /** Another for every one that is opened, so that nothing of the last one stays. */
  readonly id: number;
}

let count = 0;

/** The comparison that is shown: of the server by its name, or the file that was dropped or chosen last. */
export function useComparison(name: string | undefined) {
  const [opened, setOpened] = useState<Opened>();
  const [trouble, setTrouble] = useState<string>();

  useEffect(() => {
    if (name === undefined) return;
    let isWanted = true;
    fetchComparison(name).then(
      (data) => isWanted && setOpened({ source: `runs/${name}`, data, id: count++ }),
      (error: unknown) => isWanted && setTrouble(sentence(error)),
    );
    return () => {
      isWanted = false;
    };
  }, [name]);

  const openFiles = useCallback((files: Iterable<File>) => {
    const [file] = files;
    file?.text().then(
      (text) => {
        try {
          setOpened({ source: file.name, data: readComparison(text), id: count++ });
          setTrouble(undefined);
        } catch (error) {
          setTrouble(`${file.name}: ${sentence(error)}`);
        }
      },
      () => setTrouble(`${file.name} cannot be read. Choose it again.`),
    );
  }, []);

  const close = useCallback(() => {
    setOpened(undefined);
    setTrouble(undefined);
    location.hash = "compare";
  }, []);
  return { opened, trouble, openFiles, close };
}
