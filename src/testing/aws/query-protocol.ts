/** The older protocol, which SNS speaks: a form as request, XML as answer. */
import type { JsonObject } from '../../model/record.ts';
import type { ServiceError } from './service-error.ts';

/** @internal */
export function isForm(contentType: string | undefined): boolean {
  return contentType?.startsWith('application/x-www-form-urlencoded') ?? false;
}

/** The operation that a form names. @internal */
export function actionOf(body: string): string {
  return new URLSearchParams(body).get('Action') ?? '';
}

/** The parameters of a form; `Attributes.entry.1.key` and `.value` become a map. @internal */
export function formInput(body: string): JsonObject {
  const input: Record<string, unknown> = {};
  const form = new URLSearchParams(body);
  for (const [name, value] of form) {
    const entry = /^(\w+)\.entry\.(\d+)\.key$/.exec(name);
    if (entry) {
      const [, map = '', number] = entry;
      const known = (input[map] ?? {}) as Record<string, unknown>;
      input[map] = { ...known, [value]: form.get(`${map}.entry.${number}.value`) ?? '' };
    } else if (/^\w+$/.test(name) && name !== 'Action' && name !== 'Version') input[name] = value;
  }
  return input;
}

/** The answer to an operation. @internal */
export function answerXml(operation: string, output: Readonly<Record<string, unknown>>, requestId: string): string {
  const result = `<${operation}Result>${membersXml(output)}</${operation}Result>`;
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  return `<${operation}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/">${result}${metadata}</${operation}Response>`;
}

/** @internal */
export function errorXml(
  { code, message, status }: Pick<ServiceError, 'code' | 'message' | 'status'>,
  requestId: string,
): string {
  const type = status < 500 ? 'Sender' : 'Receiver';
  const error = `<Error><Type>${type}</Type><Code>${escaped(code)}</Code><Message>${escaped(message)}</Message></Error>`;
  return `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">${error}<RequestId>${requestId}</RequestId></ErrorResponse>`;
}

function membersXml(members: Readonly<Record<string, unknown>>): string {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        `<${name}>${name === 'Attributes' ? mapXml(value as Record<string, string>) : valueXml(value)}</${name}>`,
    )
    .join('');
}

function mapXml(map: Readonly<Record<string, string>>): string {
  return Object.entries(map)
    .map(([key, value]) => `<entry><key>${escaped(key)}</key><value>${escaped(value)}</value></entry>`)
    .join('');
}

function valueXml(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${valueXml(item)}</member>`).join('');
  if (typeof value === 'object' && value !== null) return membersXml(value as Readonly<Record<string, unknown>>);
  return escaped(String(value));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] as string);
}
