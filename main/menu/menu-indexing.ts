import { indexingSteps, type Menu, type MenuIndex } from '../core/menu';
import { createTimeSlice } from '../pos/time-slice';

/** Indexes a menu, however long, without holding up the screen. */
export async function indexInSlices(menu: Menu): Promise<MenuIndex> {
  const steps = indexingSteps(menu);
  const otherWork = createTimeSlice();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await otherWork();
  }
}
