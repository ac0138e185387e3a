import { useState } from "react";
import type { ModelAnswer } from "../../src/server/answers.ts";
import type { Page } from "./page.ts";
import { chooseTheme, currentTheme } from "./theme.ts";

const pages = [
  { name: "examine", title: "Detect", href: "#" },
  { name: "compare", title: "Compare", href: "#compare" },
] as const satisfies readonly { name: Page["name"]; title: string; href: string }[];

export function Header({ model, page }: { model: ModelAnswer | undefined; page: Page }) {
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === "dark" ? "light" : "dark";
  return (
    <header className="header">
      <p className="brand">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M9 2h14l7 7v14l-7 7H9l-7-7V9z" className="brand-mark" />
          <path
            d="M16 7.500 23.500 24h-3.400l-1.500-3.600h-5.200L11.900 24H8.500zm0 6.300-1.600 3.900h3.200z"
            className="brand-letter"
          />
        </svg>
        Assay
      </p>
      <nav className="pages" aria-label="Pages">
        {pages.map(({ name, title, href }) => (
          <a key={name} href={href} aria-current={name === page.name ? "page" : undefined}>
            {title}
          </a>
        ))}
      </nav>
      {model !== undefined && (
        <p className="header-model" title={model.model?.domain}>
          {model.model === null ? "No model" : model.model.name}
        </p>
      )}
      <a href="docs" className="quiet">
        API
      </a>
      <button
        type="button"
        className="quiet theme-toggle"
        aria-label={`Switch to ${other} colours`}
        onClick={() => {
          chooseTheme(other);
          setTheme(other);
        }}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="10" cy="10" r="7.200" fill="none" stroke="currentColor" strokeWidth="1.600" />
          <path d="M10 2.800a7.200 7.200 0 0 1 0 14.400z" fill="currentColor" />
        </svg>
      </button>
    </header>
  );
}
