import { type ReactNode, useRef } from "react";

/** A button that opens the system's file chooser. */
export function PickButton({
  className,
  children,
  onFiles,
  accept = "image/*,.heic,.heif,.tif,.tiff,.avif",
}: {
  className: string;
  children: ReactNode;
  onFiles: (files: Iterable<File>) => void;
  accept?: string;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={accept}
        onChange={({ currentTarget }) => {
          onFiles(Array.from(currentTarget.files ?? []));
          currentTarget.value = ""; // the same file can be picked again
        }}
      />
    </>
  );
}
