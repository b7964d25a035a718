import { Router } from "express";

/** Matches letter case and trailing slashes exactly, as the HTTP API does. */
export const exactRouter = () => Router({ caseSensitive: true, strict: true });

/** `/tasks/{id}` in Express's syntax: `/tasks/:id` */
export const expressPath = (path: string) => path.replace(/\{(\w+)\}/g, ":$1");
