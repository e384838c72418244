/** How a call fails in Odoo: the Python class and message that both protocols name. */
export class OdooFault extends Error {
  /** `odoo.exceptions.UserError` */
  readonly className: string;

  constructor(className: string, message: string) {
    super(message);
    this.name = 'OdooFault';
    this.className = className;
  }
}

/** The status of each class in JSON-2; every other one is a crash, 500 (contract section 1). */
const STATUS: Readonly<Record<string, number>> = {
  'odoo.exceptions.UserError': 422,
  'odoo.exceptions.ValidationError': 422,
  'odoo.exceptions.MissingError': 404,
  'odoo.exceptions.AccessError': 403,
  'werkzeug.exceptions.BadRequest': 400,
  'werkzeug.exceptions.Unauthorized': 401,
  'werkzeug.exceptions.NotFound': 404,
  'werkzeug.exceptions.UnprocessableEntity': 422,
};

export function statusOf(fault: OdooFault): number {
  return STATUS[fault.className] ?? 500;
}

export function userError(message: string): OdooFault {
  return new OdooFault('odoo.exceptions.UserError', message);
}

export function validationError(message: string): OdooFault {
  return new OdooFault('odoo.exceptions.ValidationError', message);
}

export function accessError(message: string): OdooFault {
  return new OdooFault('odoo.exceptions.AccessError', message);
}

export function valueError(message: string): OdooFault {
  return new OdooFault('builtins.ValueError', message);
}

export function keyError(key: string): OdooFault {
  return new OdooFault('builtins.KeyError', key);
}

export function missingError(model: string, id: number, userId: number): OdooFault {
  const message = `Record does not exist or has been deleted.\n(Record: ${model}(${id},), User: ${userId})`;
  return new OdooFault('odoo.exceptions.MissingError', message);
}
