import * as z from "zod/mini";

/** zod/mini has no messages without a locale. A module that shows them imports this first. */
z.config(z.locales.en());
