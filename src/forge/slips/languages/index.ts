import { en } from "./en.ts";
import { hi } from "./hi.ts";
import { id } from "./id.ts";
import type { Language } from "./language.ts";
import { pt } from "./pt.ts";
import { th } from "./th.ts";
import { vi } from "./vi.ts";

export const languages = { en, th, vi, hi, pt, id } as const satisfies Record<string, Language>;
export type LanguageName = keyof typeof languages;
