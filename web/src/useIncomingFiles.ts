import { useEffect, useState } from "react";

/** Files dropped anywhere on the page or pasted into it. True while a drag with files is over the page. */
export function useIncomingFiles(onFiles: (files: Iterable<File>) => void, isListening = true): boolean {
  const [isDragging, setIsDragging] = useState(false);
  useEffect(() => {
    if (!isListening) return;
    const controller = new AbortController();
    const listen = <E extends Event>(name: string, listener: (event: E) => void) =>
      addEventListener(name, listener as EventListener, { signal: controller.signal });
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

    listen<DragEvent>("dragover", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setIsDragging(true);
    });
    listen<DragEvent>("dragleave", (event) => {
      if (event.relatedTarget === null) setIsDragging(false);
    });
    listen<DragEvent>("drop", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setIsDragging(false);
      onFiles(event.dataTransfer!.files);
    });
    listen<ClipboardEvent>("paste", (event) => {
      const files = event.clipboardData?.files;
      if (files !== undefined && files.length > 0) onFiles(files);
    });
    return () => controller.abort();
  }, [onFiles, isListening]);
  return isDragging;
}
