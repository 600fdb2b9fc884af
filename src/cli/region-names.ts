/** What is known of Regions says nothing against others: a new one must work the day it opens. So it is advice. */
import { nearest } from '../catalog/nearest.ts';
import { IBM_EVENT_REGIONS } from '../catalog/regions.ts';

/** Of all partitions, as the AWS SDK for JavaScript lists them; a test compares. */
export const AWS_REGIONS: readonly string[] = [
  ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1'],
  ...['ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5'],
  ...['ap-southeast-6', 'ap-southeast-7', 'ca-central-1', 'ca-west-1', 'eu-central-1', 'eu-central-2', 'eu-north-1'],
  ...['eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'il-central-1', 'me-central-1', 'me-south-1'],
  ...['me-west-1', 'mx-central-1', 'sa-east-1', 'sa-west-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
  ...['cn-north-1', 'cn-northwest-1', 'eusc-de-east-1', 'us-gov-east-1', 'us-gov-west-1', 'us-iso-east-1'],
  ...['us-iso-west-1', 'us-isob-east-1', 'us-isob-west-1', 'eu-isoe-west-1', 'us-isof-east-1', 'us-isof-south-1'],
];
const IBM = IBM_EVENT_REGIONS.regions.map(({ id }) => id);

/** The Region that somebody meant who named one that is not known; `undefined` for one that is, or that nothing resembles. */
export function nearestRegion(region: string, cloud: 'aws' | 'ibm'): string | undefined {
  const known = cloud === 'aws' ? AWS_REGIONS : IBM;
  return known.includes(region) ? undefined : nearest(region, known);
}
