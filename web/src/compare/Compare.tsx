import { useIncomingFiles } from "../useIncomingFiles.ts";
import { ComparisonList } from "./ComparisonList.tsx";
import { ComparisonView } from "./ComparisonView.tsx";
import { useComparison } from "./useComparison.ts";

/** Comparisons of strategies for rare fakes: all that the server has, or one, by name or from a file. */
export function Compare({ name }: { name: string | undefined }) {
  const { opened, trouble, openFiles, close } = useComparison(name);
  const isDragging = useIncomingFiles(openFiles);
  return (
    <div className="compare">
      {trouble !== undefined && (
        <p className="notice notice-error" role="alert">
          {trouble}
        </p>
      )}
      {opened !== undefined ? (
        <ComparisonView key={opened.id} source={opened.source} data={opened.data} onClose={close} onFiles={openFiles} />
      ) : name !== undefined && trouble === undefined ? (
        <p className="aside reading">Reading {name}…</p>
      ) : (
        <ComparisonList onFiles={openFiles} />
      )}
      {isDragging && <div className="drop-veil">Let go to compare</div>}
    </div>
  );
}
