/** From the words of the command line to sources. */
import { nearest } from '../catalog/nearest.ts';
import type { AuditSource } from '../source/source.ts';
import { tell } from './context.ts';
import type { Io } from './io.ts';
import { Misuse } from './misuse.ts';
import { nearestRegion } from './region-names.ts';

/** What the words name. */
export interface NamedSources {
  readonly sources: readonly AuditSource[];
  /** Whether one of them asks a cloud, where everything there is would take hours. */
  readonly asksCloud: boolean;
}

const URL = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is;

interface CloudSource {
  readonly cloud: 'aws' | 'ibm';
  /** How it is written, for messages. */
  readonly form: string;
  /** The source behind `REGION`, and what follows it where the form has more. Loads the provider, and not its SDK. */
  open(region: string, place: string): Promise<AuditSource>;
}

const CLOUD: Readonly<Record<string, CloudSource>> = {
  cloudtrail: {
    cloud: 'aws',
    form: 'cloudtrail://REGION',
    open: async (region) => (await import('../providers/aws/cloudtrail-lookup.ts')).cloudTrailLookup({ region }),
  },
  'cloudwatch-logs': {
    cloud: 'aws',
    form: 'cloudwatch-logs://REGION/LOG-GROUP',
    open: async (region, logGroup) =>
      (await import('../providers/aws/cloudwatch-logs.ts')).cloudWatchLogs({ region, logGroup }),
  },
  'logs-insights': {
    cloud: 'aws',
    form: 'logs-insights://REGION/LOG-GROUP',
    open: async (region, logGroup) =>
      (await import('../providers/aws/logs-insights.ts')).logsInsights({ region, logGroups: [logGroup] }),
  },
  'cloud-logs': {
    cloud: 'ibm',
    form: 'cloud-logs://REGION/INSTANCE-ID',
    open: async (region, instanceId) =>
      (await import('../providers/ibm/cloud-logs.ts')).ibmCloudLogs({ region, instanceId }),
  },
  'secrets-manager': {
    cloud: 'ibm',
    form: 'secrets-manager://REGION/INSTANCE-ID',
    open: async (region, instanceId) =>
      (await import('../providers/ibm/secrets-manager-history.ts')).secretsManagerHistory({ region, instanceId }),
  },
};

/** What a SOURCE that asks a cloud begins with: `cloudtrail://`. */
export const SOURCE_STARTS: readonly string[] = Object.keys(CLOUD).map((scheme) => `${scheme}://`);

const FORMS = `${Object.values(CLOUD)
  .map(({ form }) => form)
  .join(', ')}, files, folders, patterns, or - for standard input`;

/**
 * The sources that arguments name: `cloudtrail://REGION` and its like, paths of files and folders, patterns, and `-` for
 * standard input. All paths together are one source.
 *
 * @throws Misuse for a URL that names no source, and for one that is given twice; AuditError `invalid-argument` for a
 * Region, log group or instance that cannot be one.
 */
export async function sourcesOf(
  words: readonly string[],
  { strict }: { readonly strict: boolean },
  io: Io,
): Promise<NamedSources> {
  const paths: string[] = [];
  const clouds = new Map<string, AuditSource>();
  for (const word of words) {
    const url = URL.exec(word);
    if (!url) {
      refuseHalfUrl(word);
      paths.push(word);
      continue;
    }
    const source = await cloudSource(word, url[1] as string, url[2] as string, io);
    if (clouds.has(source.name)) throw new Misuse(`${JSON.stringify(word)} is given twice`);
    clouds.set(source.name, source);
  }
  const sources = [...clouds.values()];
  if (paths.length > 0) {
    const { logFiles } = await import('../providers/files/log-files.ts');
    sources.push(logFiles(paths, { strict, ...(paths.includes('-') && { stdin: io.stdin }) }));
  }
  return { sources, asksCloud: clouds.size > 0 };
}

async function cloudSource(word: string, scheme: string, rest: string, io: Io): Promise<AuditSource> {
  const known = scheme.toLowerCase();
  const cloud = Object.hasOwn(CLOUD, known) ? CLOUD[known] : undefined;
  if (cloud === undefined) throw unknownScheme(word, scheme);
  // Whatever follows the first slash is the place; the name of a log group may have slashes itself, also at its start.
  const slash = rest.indexOf('/');
  const region = slash === -1 ? rest : rest.slice(0, slash);
  const place = slash === -1 ? '' : rest.slice(slash + 1);
  const takesPlace = cloud.form.includes('REGION/');
  if (region === '' || takesPlace !== (place !== '')) {
    throw new Misuse(`${JSON.stringify(word)}: write it as ${cloud.form}`);
  }
  const source = await cloud.open(region, place);
  const near = nearestRegion(region, cloud.cloud);
  if (near !== undefined) tell(io, `${JSON.stringify(word)}: no known Region is ${region}; did you mean ${near}?`);
  return source;
}

/** `cloudtrail:us-east-1` is hardly a path; who has such a file writes `./` before it. */
function refuseHalfUrl(word: string): void {
  const [, scheme = '', rest = ''] = /^([a-z-]+):\/?([^/\\].*)$/i.exec(word) ?? [];
  const near = nearest(scheme, Object.keys(CLOUD));
  if (near !== undefined) throw new Misuse(`${JSON.stringify(word)}: did you mean ${near}://${rest}?`);
}

function unknownScheme(word: string, scheme: string): Misuse {
  const quoted = JSON.stringify(word);
  const near = nearest(scheme, Object.keys(CLOUD));
  const remedy = near === undefined ? `a SOURCE is ${FORMS}` : `did you mean ${near}://?`;
  return new Misuse(`${quoted}: there is no source ${scheme}://; ${remedy}`);
}
