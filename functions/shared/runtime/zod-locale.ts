import * as z from "zod/mini";

/** Zod has no words of its own for what is wrong: whoever shows its messages to somebody imports this first. */
z.config(z.locales.en());
