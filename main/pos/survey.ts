/** One line of a till's live test, as the set-up shows it. */
export interface SurveyCheck {
  readonly status: 'ok' | 'warning' | 'failed';
  /** What a manager reads: what is, and what to do about it. */
  readonly words: string;
  /** What the sentence leaves out, such as the address that was asked; `null` when there is no more to say. */
  readonly detail: string | null;
  /** The field of the block (its YAML name, e.g. access_token, store_id) that is to blame. */
  readonly field: string | null;
}

/** Something of the till that a manager may pick from a list instead of copying its id. */
export interface SurveyChoice {
  readonly field:
    | 'store_id'
    | 'payment_type'
    | 'employee'
    | 'discount'
    | 'delivery_item'
    | 'tip_item'
    | 'company_id'
    | 'pos_config_id'
    | 'partner_id'
    | 'user_id'
    | 'database'
    | 'payment_method';
  readonly label: string;
  readonly help: string;
  readonly options: readonly SurveyOption[];
  /** Id of the option that counts now, by configuration or by rule; `null` when none does. */
  readonly chosen: string | null;
  readonly required: boolean;
  /** The button that lets Tillside make one in the till, where it can. */
  readonly create?: string;
}

export interface SurveyOption {
  readonly id: string;
  readonly label: string;
  readonly detail: string | null;
}

/** What a till said when the set-up asked it. Holds no secret. */
export interface Survey {
  /** In the order in which they were made: the first failed one is what to mend first. */
  readonly checks: readonly SurveyCheck[];
  readonly choices: readonly SurveyChoice[];
  /** How long the first request took, in milliseconds; `null` when it got no answer. */
  readonly latencyMs: number | null;
}

/** How long a survey may take altogether, in milliseconds: a manager stands and waits. */
export const SURVEY_MS = 15_000;

export function passed(words: string, detail: string | null = null): SurveyCheck {
  return { status: 'ok', words, detail, field: null };
}

export function warned(
  words: string,
  field: string | null = null,
  detail: string | null = null,
): SurveyCheck {
  return { status: 'warning', words, detail, field };
}

export function failed(
  words: string,
  field: string | null = null,
  detail: string | null = null,
): SurveyCheck {
  return { status: 'failed', words, detail, field };
}

/** Stands for an id that nobody has entered yet: the survey then lists the ids that there are. */
export const NOT_ENTERED = '?';

export function isEntered(id: string): boolean {
  return id !== '' && id !== NOT_ENTERED;
}
