/** Stores nothing: measures the framework alone. */
export const saveTask = () => Promise.resolve();
export const logResponse = () => undefined;
