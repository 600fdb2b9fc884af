/**
 * Programs that are no npm packages. Where one is missing, the tests that need it are left out, and their titles say so.
 * `SECRET_EVENTS_PROGRAMS` names those that have to be there, with spaces between them: CI installs them, so that a
 * program that does not start there is a failure.
 */
const required = new Set(process.env['SECRET_EVENTS_PROGRAMS']?.split(' '));

/** Whether tests with a program run. */
export function runsWith(program: string, isThere: boolean): boolean {
  return isThere || required.has(program);
}
