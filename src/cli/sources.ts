/** From the words of the command line to sources. */
import { nearest } from '../catalog/nearest.ts';
import type { AuditSource } from '../source/source.ts';
import type { Io } from './io.ts';
import { Misuse } from './misuse.ts';

/** What the words name. */
export interface NamedSources {
  readonly sources: readonly AuditSource[];
  /** Whether one of them asks a cloud, where everything there is would take hours. */
  readonly asksCloud: boolean;
}

const URL = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is;

interface CloudSource {
  /** How it is written, for messages. */
  readonly form: string;
  /** The source behind `REGION`, and `LOG-GROUP` where the form has one. Loads the provider, and not its SDK. */
  open(region: string, logGroup: string): Promise<AuditSource>;
}

const CLOUD: Readonly<Record<string, CloudSource>> = {
  cloudtrail: {
    form: 'cloudtrail://REGION',
    open: async (region) => (await import('../providers/aws/cloudtrail-lookup.ts')).cloudTrailLookup({ region }),
  },
  'cloudwatch-logs': {
    form: 'cloudwatch-logs://REGION/LOG-GROUP',
    open: async (region, logGroup) =>
      (await import('../providers/aws/cloudwatch-logs.ts')).cloudWatchLogs({ region, logGroup }),
  },
  'logs-insights': {
    form: 'logs-insights://REGION/LOG-GROUP',
    open: async (region, logGroup) =>
      (await import('../providers/aws/logs-insights.ts')).logsInsights({ region, logGroups: [logGroup] }),
  },
};

const FORMS = `${Object.values(CLOUD)
  .map(({ form }) => form)
  .join(', ')}, files, folders, patterns, or - for standard input`;

/** Sources of which people know, and which are not there. */
const PLANNED = new Set(['cloud-logs', 'secrets-manager']);

/**
 * The sources that arguments name: `cloudtrail://REGION` and its like, paths of files and folders, patterns, and `-` for
 * standard input. All paths together are one source.
 *
 * @throws Misuse for a URL that names no source, and for one that is given twice; AuditError `invalid-argument` for a
 * Region or log group that cannot be one.
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
      paths.push(word);
      continue;
    }
    const source = await cloudSource(word, url[1] as string, url[2] as string);
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

async function cloudSource(word: string, scheme: string, rest: string): Promise<AuditSource> {
  const known = scheme.toLowerCase();
  const cloud = Object.hasOwn(CLOUD, known) ? CLOUD[known] : undefined;
  if (cloud === undefined) throw unknownScheme(word, scheme);
  // Whatever follows the first slash is the log group, whose name may have slashes itself, also at its start.
  const slash = rest.indexOf('/');
  const region = slash === -1 ? rest : rest.slice(0, slash);
  const logGroup = slash === -1 ? '' : rest.slice(slash + 1);
  const takesGroup = cloud.form.endsWith('LOG-GROUP');
  if (region === '' || takesGroup !== (logGroup !== '')) {
    throw new Misuse(`${JSON.stringify(word)}: write it as ${cloud.form}`);
  }
  return cloud.open(region, logGroup);
}

function unknownScheme(word: string, scheme: string): Misuse {
  const quoted = JSON.stringify(word);
  if (PLANNED.has(scheme.toLowerCase())) {
    return new Misuse(`${quoted}: ${scheme}:// is not supported yet; read the log files that IBM Cloud exports`);
  }
  const near = nearest(scheme, Object.keys(CLOUD));
  const remedy = near === undefined ? `a SOURCE is ${FORMS}` : `did you mean ${near}://?`;
  return new Misuse(`${quoted}: there is no source ${scheme}://; ${remedy}`);
}
