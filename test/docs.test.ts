import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { compareCommand } from "../src/cli/compare.ts";
import { dataCommand } from "../src/cli/data.ts";
import { detectCommand } from "../src/cli/detect.ts";
import { evaluateCommand } from "../src/cli/evaluate.ts";
import { exportCommand } from "../src/cli/export.ts";
import { forgeCommand } from "../src/cli/forge.ts";
import { listCommand } from "../src/cli/list.ts";
import { quickstartCommand } from "../src/cli/quickstart.ts";
import { serveCommand } from "../src/cli/serve.ts";
import { trainCommand } from "../src/cli/train.ts";
import { describeTable, parseOptions, type Table } from "../src/core/table.ts";
import { operations } from "../src/forge/slips/operations/index.ts";
import { sharpCodec } from "../src/image/sharpCodec.ts";
import type { Representation } from "../src/representations/representation.ts";
import { listTable, tables } from "../src/run/registry.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => `docs/${path}`),
];

interface Described {
  readonly name: string;
  readonly options: unknown;
}

/** Every option that has a page's section to stand in, with its default where that is one word or number. */
function defaultsOf({ options }: Described): [option: string, preset: string][] {
  const { properties = {} } = options as { properties?: Record<string, { default?: unknown }> };
  return Object.entries(properties).map(([option, { default: preset }]) => [
    option,
    typeof preset === "object" || preset === undefined ? "" : String(preset),
  ]);
}

function expectDefaults(page: string, entry: Described): void {
  for (const [option, preset] of defaultsOf(entry)) {
    const row = page.split("\n").find((line) => line.startsWith(`| \`${option}\` |`));
    expect(row, `the row of option ${option}`).toBeDefined();
    expect(row).toContain(preset);
  }
}

describe("links", () => {
  it.each(pages)("%s points at files that exist", (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!.split("#")[0]!);
    const missing = targets.filter(
      (target) => target !== "" && !target.includes("://") && !existsSync(join(root, dirname(page), target)),
    );
    expect(missing).toEqual([]);
  });

  it.each(pages)("%s names source files that exist", (page) => {
    const named = [...read(page).matchAll(/`((?:src|test|scripts|bench|web)\/[\w./-]+\.\w+)`/g)].map(
      ([, path]) => path!,
    );
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe("every entry of every table has its page", () => {
  // The operations of the slips share a page: a section for each, tested below.
  const { slipOperations: _, ...paged } = tables;
  // Strategies stand in a folder of their own: the loss focal has a page, too.
  const folderOf = (table: string) => (table === "imbalance" ? "docs/methods/imbalance" : "docs/methods");
  const entries = Object.keys(paged).flatMap((table) =>
    listTable(table as keyof typeof tables).map((entry) => ({ ...entry, page: `${folderOf(table)}/${entry.name}.md` })),
  );

  it.each(entries)("$page", (entry) => {
    const page = read(entry.page);
    for (const part of ["What it does", "Options", "What to look at", "What to ignore", "When it fails", "Source"])
      expect(page).toContain(`\n## ${part}\n`);
    expectDefaults(page, entry);
  });

  it.each(describeTable(operations as Table))("$name of the slips", (entry) => {
    const section = read("docs/methods/slips.md")
      .split(/\n###? /)
      .find((text) => text.startsWith(`${entry.name}\n`));
    expect(section).toBeDefined();
    expectDefaults(section!, entry);
  });

  it("and README leads to every page of the methods", () => {
    const readme = read("README.md");
    for (const page of pages.filter((path) => path.startsWith("docs/methods/"))) expect(readme).toContain(`](${page})`);
  });
});

describe("commands", () => {
  const commands = [
    detectCommand(),
    trainCommand(),
    evaluateCommand(),
    exportCommand(),
    dataCommand(),
    compareCommand(),
    forgeCommand(),
    listCommand(),
    serveCommand(),
    quickstartCommand(),
  ];
  const lines = pages.flatMap((page) =>
    [...read(page).matchAll(/(?:^|`|: )(?:npx )?assay ([a-z][^`\n]*)/gm)].map(([, words]) => ({ page, words: words! })),
  );

  /** The command that the words name, down to its subcommand. */
  function find(words: readonly string[], among: readonly Command[]): Command | undefined {
    const found = among.find((candidate) => candidate.name() === words[0]);
    return found === undefined || found.commands.length === 0 ? found : find(words.slice(1), found.commands);
  }

  it("stand in README at all", () => {
    expect(lines.filter(({ page }) => page === "README.md").length).toBeGreaterThan(6);
  });

  it.each(lines)("$page: assay $words", ({ words }) => {
    const command = find(words.split(" "), commands);
    expect(command).toBeDefined();
    const flags = [...words.matchAll(/(?<=\s|\[)--[a-z][a-z-]*/g)].map(([flag]) => flag);
    const known = command!.options.map((option) => option.long);
    expect(flags.filter((flag) => flag !== "--help" && !known.includes(flag))).toEqual([]);
  });

  it("name recipes that exist", () => {
    const named = lines.flatMap(({ words }) => [...words.matchAll(/--recipe ([\w-]+)/g)].map(([, name]) => name!));
    expect(named.filter((name) => !existsSync(join(root, "recipes", `${name}.json`)))).toEqual([]);
  });

  it("of npm are scripts of ours", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/npm (?:run ([a-z]+)|(test|start)\b)/g)].map(([, run, short]) => run ?? short!),
    );
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it("of README's tests are those that .ci/run calls", () => {
    expect(read("README.md")).toContain("npm install && npm test");
    expect(read(".ci/run")).toMatch(/npm install[\s\S]*npm test/);
  });
});

describe("examples", () => {
  const library = readFileSync(join(root, "src/index.ts"), "utf8");

  it("import from the library what it exports", () => {
    const imports = pages.flatMap((page) =>
      [...read(page).matchAll(/import \{([^}]+)\} from "assay"/g)].flatMap(([, names]) => names!.split(",")),
    );
    expect(imports.length).toBeGreaterThan(0);
    for (const name of imports) expect(library).toMatch(new RegExp(`\\b${name.trim()}\\b`));
  });

  it("of CONTRIBUTING run, under the contract of their table", async () => {
    const [, code] = /<!-- runs: [^>]*-->\n```ts\n([\s\S]*?)```/.exec(read("CONTRIBUTING.md"))!;
    // Inside the repository, so that zod is found; its folder is one that git ignores.
    const folder = join(root, ".cache", "docs");
    const file = join(folder, `example-${process.pid}.ts`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, code!);
    try {
      const { chroma } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { chroma: Representation };
      const pixels = { width: 2, height: 1, channels: 3, data: Uint8Array.of(9, 9, 9, 255, 0, 0) } as const;
      const image = await sharpCodec.decode(await sharpCodec.encodePng(pixels));
      const planes = await chroma.compute(image, parseOptions(chroma, "representation", {}), sharpCodec);
      expect(planes).toEqual({ channels: 1, height: 1, width: 2, data: Float32Array.of(0, 1) });
    } finally {
      rmSync(file);
    }
  });

  const shown = pages.flatMap((page) =>
    [...read(page).matchAll(/<!-- (\S+\.ts) -->\n```ts\n([\s\S]*?)```/g)].map(([, path, code]) => ({
      page,
      path: path!,
      code: code!,
    })),
  );

  it.each(shown)("$page shows $path as it is", ({ path, code }) => {
    expect(code).toBe(read(path));
  });

  it("that are files are each shown somewhere, pictures in a command", () => {
    const files = readdirSync(join(root, "examples")).map((name) => `examples/${name}`);
    const stands = (file: string) =>
      file.endsWith(".ts") ? shown.some(({ path }) => path === file) : read("README.md").includes(`detect ${file}`);
    expect(files.filter((file) => !stands(file))).toEqual([]);
  });

  // From source: tsconfig.json says where "assay" is.
  const run = async (path: string) =>
    (await promisify(execFile)(process.execPath, ["--import", "tsx", path], { cwd: root })).stdout;

  it("train a network of one's own", async () => {
    const [, right] = /right about (\d+) of 1000/.exec(await run("examples/ownNetwork.ts"))!;
    expect(Number(right)).toBeGreaterThan(950);
  });

  it("make an operator of one's own", async () => {
    const [, line] = /It prints `([^`]+)`/.exec(read("docs/engine.md"))!;
    expect(await run("examples/ownOperator.ts")).toBe(`${line}\n`);
  });

  it("of an operator name every line that it took", () => {
    const source = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => `src/${path}`);
    expect(source.filter((path) => /\btanh\b/.test(read(path))).sort()).toEqual([
      "src/onnx/operators/index.ts",
      "src/onnx/operators/tanh.ts",
    ]);
    for (const path of ["src/onnx/operators/index.ts", "test/golden/onnx/operators.py"])
      for (const line of read(path).split("\n"))
        if (/\btanh\b/.test(line)) expect(read("CONTRIBUTING.md")).toContain(`\n${line}\n`);
  });

  it("of JSON are JSON", () => {
    for (const page of pages)
      for (const [, json] of read(page).matchAll(/```json\n([\s\S]*?)```/g))
        expect(() => JSON.parse(json!), relative(root, page)).not.toThrow();
  });
});
