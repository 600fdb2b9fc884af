/** The command line as a function: words and a world in, an exit code out. */
import { Command, CommanderError } from 'commander';
import { AuditError } from '../model/error.ts';
import { declareAlarm } from './commands/alarm.ts';
import { declareCatalog } from './commands/catalog.ts';
import { declareCompletion } from './commands/completion.ts';
import { declareConvert } from './commands/convert.ts';
import { declareDemo } from './commands/demo.ts';
import { declareQuery } from './commands/query.ts';
import { declareRead } from './commands/read.ts';
import { type Context, tell } from './context.ts';
import { failureText, isRefusal } from './failure.ts';
import { Interrupted, type Io, widthOf } from './io.ts';
import { Misuse } from './misuse.ts';
import { Output, OutputClosed } from './output/output.ts';
import { packageVersion } from './package-root.ts';
import { printableLines } from './printable.ts';
import { withReportForm } from './report-form.ts';

/** Exit codes: 0, it worked; 1, it failed, or a search found nothing; 2, it was called wrongly. */
const FAILED = 1;
const MISUSED = 2;

/** Runs one command line (without `node` and the script) to its end; resolves with the exit code and never rejects. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const output = new Output(io.stdout, io.signal);
  // Nobody is left to tell when standard error is gone.
  const ignore = () => {};
  io.stderr.on('error', ignore);
  let exitCode = 0;
  try {
    const context: Context = {
      io,
      output,
      finish: (code) => {
        exitCode = code;
      },
    };
    await programOf(context).parseAsync(withReportForm(argv), { from: 'user' });
    await output.flush();
    return exitCode;
  } catch (error) {
    return codeOf(error, io, output.signal);
  } finally {
    output.release();
    io.stderr.off('error', ignore);
  }
}

const EXAMPLES = `
Exit codes: 0 done, 1 failed or nothing found, 2 called wrongly.

Examples:
  secret-events demo
  secret-events read AWSLogs/ --since 24h --denied
  secret-events read cloudtrail://us-east-1 --action secret.read
  secret-events query filter-pattern --denied
  secret-events catalog rotation
  secret-events alarm list`;

function programOf(context: Context): Command {
  const { io } = context;
  const program = new Command('secret-events')
    .description(
      'Know what happened to your secrets: audit events of AWS Secrets Manager and IBM Cloud Secrets Manager.',
    )
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // Commander repeats words of the command line, and those may come from anywhere.
      writeErr: (text) => io.stderr.write(printableLines(text)),
      outputError: (text, write) => write(text.replace(/^error: /, 'secret-events: ')),
      getOutHelpWidth: () => widthOf(io),
      getErrHelpWidth: () => widthOf(io),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText('after', EXAMPLES);
  declareRead(program, context);
  declareConvert(program, context);
  declareQuery(program, context);
  declareCatalog(program, context);
  declareAlarm(program, context);
  declareDemo(program, context);
  declareCompletion(program, context);
  return program;
}

function codeOf(error: unknown, io: Io, ended: AbortSignal): number {
  if (io.signal.aborted) return io.signal.reason instanceof Interrupted ? io.signal.reason.exitCode : 130;
  if (ended.reason instanceof OutputClosed) return 0;
  // Commander has said what is wrong; its code for help and version is 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : MISUSED;
  tell(io, failureText(error));
  if (error instanceof Misuse) return MISUSED;
  if (isRefusal(error)) return FAILED;
  return AuditError.is(error) && (error.code === 'invalid-argument' || error.code === 'unsupported') ? MISUSED : FAILED;
}
