import type { ReactNode } from "react";

/** A table that scrolls sideways within itself where the page is narrow. */
export function WideTable({ label, className, children }: { label: string; className: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="table-wide" tabIndex={0} aria-label={label}>
      <table className={className}>{children}</table>
    </section>
  );
}
