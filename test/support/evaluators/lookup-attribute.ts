/**
 * What LookupEvents makes of a lookup attribute, for the keys that are a field of the record (CloudTrail API Reference,
 * `API_LookupAttribute`, `API_Event`). What `Username` and the `Resource…` keys stand for is not documented enough.
 */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  EventId: ['eventID'],
  EventName: ['eventName'],
  EventSource: ['eventSource'],
  AccessKeyId: ['userIdentity', 'accessKeyId'],
};

/** @throws SyntaxError for an attribute that the API would refuse, or of which too little is known. */
export function lookedUpBy(attribute?: { readonly AttributeKey: string; readonly AttributeValue: string }) {
  if (attribute === undefined) return () => true;
  const { AttributeKey, AttributeValue } = attribute;
  const path = FIELDS[AttributeKey];
  if (path === undefined) throw new SyntaxError(`nothing certain is known of ${AttributeKey}`);
  const size = [...AttributeValue].reduce((sum, character) => sum + ('_ ,\n'.includes(character) ? 2 : 1), 0);
  if (size < 1 || size > 2000) throw new SyntaxError(`${size} characters`);
  return (record: unknown): boolean => {
    const value = path.reduce<unknown>((object, key) => (object as Record<string, unknown> | undefined)?.[key], record);
    return value === AttributeValue;
  };
}
