import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { EndpointName, GivenInput, Output } from "../src/endpoints";
import type { ConsoleProblem } from "../src/model";
import { get, problemOf } from "./api";

/** Live updates of the whole page, which the user can pause. */
const listeners = new Set<() => void>();
let paused = false;

export const isPaused = () => paused;
export function setPaused(value: boolean): void {
  paused = value;
  for (const listener of listeners) listener();
}
export function usePaused(): boolean {
  const [value, setValue] = useState(paused);
  useEffect(() => {
    const listener = () => {
      setValue(paused);
    };
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return value;
}

export interface Live<Data> {
  /** The last response; of an earlier input, while the next one is awaited. */
  readonly data?: Data;
  readonly error?: ConsoleProblem;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/** The newest response of an endpoint, requested again while the tab is visible and updates are not paused. */
export function useLive<Name extends EndpointName>(
  name: Name,
  input: GivenInput<Name>,
  seconds: number,
): Live<Output<Name>> {
  type State = Omit<Live<Output<Name>>, "reload">;
  const [state, setState] = useState<State>({ isLoading: true });
  const reloadRef = useRef<() => void>(() => undefined);
  const key = JSON.stringify(input);
  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isRunning = false;
    const load = async () => {
      if (isRunning) return;
      isRunning = true;
      clearTimeout(timer);
      try {
        const data = await get(name, JSON.parse(key) as GivenInput<Name>, controller.signal);
        if (!controller.signal.aborted) setState({ data, isLoading: false });
      } catch (error) {
        if (!controller.signal.aborted)
          setState((before) => ({ ...before, error: problemOf(error), isLoading: false }));
      } finally {
        isRunning = false;
        if (!controller.signal.aborted) timer = setTimeout(tick, seconds * 1_000);
      }
    };
    // A hidden page sends no requests; it starts again when it is visible.
    const tick = () => {
      if (!document.hidden && !paused) void load();
    };
    setState((before) => ({ ...before, isLoading: true }));
    void load();
    document.addEventListener("visibilitychange", tick);
    listeners.add(tick);
    reloadRef.current = () => void load();
    return () => {
      controller.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", tick);
      listeners.delete(tick);
    };
  }, [name, key, seconds]);
  const reload = useCallback(() => {
    reloadRef.current();
  }, []);
  return { ...state, reload };
}
