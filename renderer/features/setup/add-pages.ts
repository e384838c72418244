import type { Input } from '../../../preload/contract';

/** A restaurant that head office’s file does not have, as it is being described. */
export type NewLocation = Readonly<Input<'setup:add'>>;

export const emptyLocation: NewLocation = {
  name: '',
  address: '',
  city: '',
  island: '',
  phone: '',
  whatsapp: '',
  tills: [],
  website: false,
};

type TextKey = 'name' | 'address' | 'city' | 'phone' | 'whatsapp';

interface TextEntry {
  readonly key: TextKey;
  readonly label: string;
  readonly placeholder: string;
  readonly longest: number;
}

export type AddPage =
  | {
      readonly kind: 'texts';
      readonly title: string;
      readonly help: string;
      readonly entries: readonly TextEntry[];
    }
  | { readonly kind: 'island' | 'tills' | 'website'; readonly title: string; readonly help: string };

/** One question a screen, in this order. */
export const ADD_PAGES: readonly AddPage[] = [
  {
    kind: 'texts',
    title: 'What is the restaurant called?',
    help: 'A short name, as the staff say it. It stands at the top of the screen.',
    entries: [{ key: 'name', label: 'Name', placeholder: 'San Fernando', longest: 60 }],
  },
  {
    kind: 'texts',
    title: 'Where is it?',
    help: 'As customers find it.',
    entries: [
      { key: 'address', label: 'Address', placeholder: 'High Street', longest: 200 },
      { key: 'city', label: 'City', placeholder: 'San Fernando', longest: 80 },
    ],
  },
  { kind: 'island', title: 'On which island?', help: 'It decides the time and the currency.' },
  {
    kind: 'texts',
    title: 'Which numbers does it have?',
    help: 'When the till does not answer, orders open in WhatsApp to the second number. Leave out what it does not have.',
    entries: [
      { key: 'phone', label: 'Telephone', placeholder: '868 555-0101', longest: 30 },
      { key: 'whatsapp', label: 'WhatsApp', placeholder: '868 555-0102', longest: 30 },
    ],
  },
  {
    kind: 'tills',
    title: 'Which tills does it have?',
    help: 'Choose one, or both. More can be added later.',
  },
  { kind: 'website', title: 'Does a website send orders here?', help: 'It can be changed later.' },
];

/** Not every restaurant has them, and either can be added to the file later. */
const OPTIONAL: ReadonlySet<TextKey> = new Set(['phone', 'whatsapp']);

/** Whether a page is answered, so that the next one can be asked. Main looks at the answers themselves. */
export function isAnswered(page: AddPage, draft: NewLocation): boolean {
  switch (page.kind) {
    case 'texts':
      return page.entries.every(({ key }) => OPTIONAL.has(key) || draft[key].trim() !== '');
    case 'island':
      return draft.island !== '';
    case 'tills':
      return draft.tills.length > 0;
    case 'website':
      return true;
  }
}

/** The same without spaces at the ends, which come with pasting. */
export function trimmed(draft: NewLocation): Input<'setup:add'> {
  return {
    ...draft,
    tills: [...draft.tills],
    name: draft.name.trim(),
    address: draft.address.trim(),
    city: draft.city.trim(),
    phone: draft.phone.trim(),
    whatsapp: draft.whatsapp.trim(),
  };
}
