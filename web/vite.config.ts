import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  plugins: [react()],
  build: { outDir: "../dist/web", emptyOutDir: true },
  // `npx vite web` beside `assay serve`: the page reloads as it is written.
  server: { proxy: { "/v1": "http://127.0.0.1:4870", "/v2": "http://127.0.0.1:4870" } },
});
