/**
 * Work in slices: call what this returns between small pieces of work. Once they have taken `sliceMs` together it
 * lets everything else that waits have its turn; before that it returns at once.
 * @param sliceMs far below the 20 ms at which a screen begins to feel it
 */
export function createTimeSlice(sliceMs = 4): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < sliceMs) return;
    await new Promise(setImmediate);
    began = performance.now();
  };
}
