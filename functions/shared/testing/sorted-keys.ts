/** A list that stays sorted: ids are mostly added at its end. */
export class SortedKeys {
  private readonly keys: string[] = [];

  get length(): number {
    return this.keys.length;
  }

  at(position: number): string {
    return this.keys[position] ?? "";
  }

  add(key: string): void {
    this.keys.splice(this.firstAtLeast(key), 0, key);
  }

  remove(key: string): void {
    this.keys.splice(this.firstAtLeast(key), 1);
  }

  firstAtLeast(key: string): number {
    return this.first((each) => each >= key);
  }

  /** @param holds false for the first keys, and true from one on */
  first(holds: (key: string) => boolean): number {
    if (this.keys.length === 0 || !holds(this.at(this.keys.length - 1))) return this.keys.length;
    let [low, high] = [0, this.keys.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.at(middle))) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
