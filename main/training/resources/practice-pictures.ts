import type { Account } from '../account';
import type { Pictures } from './pictures';
import { type Colour, pngOf } from './png';

const SIZE = 96;
const NORI: Colour = [32, 42, 38];
const RICE: Colour = [246, 243, 234];
const PLATE: Colour = [214, 222, 228];
const FILLINGS: readonly Colour[] = [
  [238, 126, 84],
  [196, 62, 72],
  [128, 172, 74],
  [242, 190, 72],
  [150, 96, 160],
];

/** Every other dish gets a picture of a roll, cut through: the others show what it is like without one. */
export function addPracticePictures(account: Account, pictures: Pictures): void {
  account.items.all().forEach((item, index) => {
    const filling = FILLINGS[(index / 2) % FILLINGS.length];
    if (filling === undefined) return;
    const bytes = pngOf(SIZE, [PLATE, NORI, RICE, filling], (x, y) => {
      const distance = Math.hypot(x - SIZE / 2, y - SIZE / 2) / SIZE;
      if (distance > 0.44) return 0;
      if (distance > 0.4) return 1;
      return distance > 0.2 ? 2 : 3;
    });
    // Part of the menu from the beginning, and no change of today.
    account.items.put({ ...item, image_url: pictures.keep(item, { type: 'image/png', bytes }) });
  });
}
