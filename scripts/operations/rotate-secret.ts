/** A secret that one side sends and the other accepts, in its current and its previous version. */
export interface OriginSecretStore {
  readonly accepted: () => Promise<{
    readonly current: string | undefined;
    readonly previous: string | undefined;
  }>;
  /** Sets a new current version; the one that was current becomes the previous one. */
  readonly accept: (value: string) => Promise<void>;
  readonly sent: () => Promise<string | undefined>;
  readonly send: (value: string) => Promise<void>;
}

/**
 * Replaces a secret so that what is sent is accepted at each moment, also after an interruption: a value is sent only when
 * all who accept have read it, and no other is created while the one before is still sent.
 * @param wait until all who accept have read a new value
 */
export async function rotate(
  store: OriginSecretStore,
  newValue: () => string,
  wait: () => Promise<void>,
): Promise<{ readonly step: "rotated" | "continued" }> {
  const [{ current }, sent] = [await store.accepted(), await store.sent()];
  const isPending = current !== undefined && current !== sent;
  const value = isPending ? current : newValue();
  if (!isPending) await store.accept(value);
  await wait();
  await store.send(value);
  return { step: isPending ? "continued" : "rotated" };
}
