/** Loyverse's words for what it does not accept. */
export interface ErrorBody {
  readonly errors: readonly { readonly code: string; readonly details: string; readonly field?: string }[];
}

/** A request that is not carried out. Thrown anywhere while one is looked at, answered in one place. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: 400 | 401 | 402 | 403 | 404 | 415 | 429 | 500;
  readonly body: ErrorBody;

  /** @param field a path such as `object.line_items[0].variant_id`, or a query parameter's name */
  constructor(status: Refusal['status'], code: string, details: string, field?: string) {
    super(`${status} ${code}${field === undefined ? '' : ` ${field}`}: ${details}`);
    this.status = status;
    this.body = { errors: [field === undefined ? { code, details } : { code, details, field }] };
  }
}

export function notFound(id: string, field?: string): Refusal {
  return new Refusal(404, 'NOT_FOUND', `The resource with ID '${id}' not found`, field);
}

export function invalidValue(details: string, field: string): Refusal {
  return new Refusal(400, 'INVALID_VALUE', details, field);
}

export function missing(field: string): Refusal {
  return new Refusal(400, 'MISSING_REQUIRED_PARAMETER', 'Field must be set', field);
}

/** What Loyverse would ignore without a word, and only a strict sandbox refuses. */
export function unknownName(name: string): Refusal {
  return new Refusal(400, 'BAD_REQUEST', `Loyverse does not know '${name}' and would ignore it`, name);
}

export function serverError(): Refusal {
  return new Refusal(500, 'INTERNAL_SERVER_ERROR', 'Internal server error. Try again later.');
}
