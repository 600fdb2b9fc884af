/** Completion for zsh, read by `source` or found in a folder of `fpath` as `_secret-events`. */
import { argumentCases, type Offering, optionCases, quoted, routePattern, valueCases } from './cases.ts';
import { type Completable, NAMES_OF } from './completable.ts';

/** The script. */
export function zshCompletion(all: readonly Completable[]): string {
  const indented = (lines: readonly string[]) => lines.map((line) => `    ${line}`).join('\n');
  return `#compdef secret-events
# zsh completion for secret-events; made by: secret-events completion zsh
_secret-events() {
  local cur="\${words[CURRENT]}" prev="\${words[CURRENT-1]}" route='' list='' paths='' named='' services='' before='' word
  local -a offered starts
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ "$before" == --service ]]; then word="--service=$word"; fi
    case "$word" in --service=*) services="\${services:+$services,}\${word#*=}" ;; esac
    case "$route $word" in
      ${routePattern(all)}) route="\${route:+$route }$word" ;;
    esac
    before="$word"
  done
  case "\${route:+$route }$prev" in
${indented(valueCases(all, OFFER))}
    *)
      if [[ "$cur" == -* ]]; then
        case "$route" in
${indented(optionCases(all, OFFER))}
        esac
      else
        case "$route" in
${indented(argumentCases(all, OFFER))}
        esac
      fi
      ;;
  esac
  if [[ -n "$named" && -n "$services" ]]; then
    offered=("\${(@f)$(command ${NAMES_OF}"$services" 2>/dev/null)}")
    # A name with a placeholder is none that could be asked for.
    offered=("\${(@)offered:#*<*}")
  fi
  if [[ -n "$list" ]]; then compset -P '*,'; fi
  # What ends in a slash goes on.
  starts=("\${(@M)offered:#*/}")
  offered=("\${(@)offered:#*/}")
  if (( \${#starts} )); then compadd -S '' -- "\${starts[@]}"; fi
  if (( \${#offered} )); then compadd -- "\${offered[@]}"; fi
  if [[ -n "$paths" ]]; then _files; fi
}
if [[ "\${funcstack[1]}" == _secret-events ]]; then _secret-events "$@"; else compdef _secret-events secret-events; fi
`;
}

const OFFER: Offering = ({ words, isList, isPath, byService }) => {
  const parts = [`offered=(${words.map(quoted).join(' ')})`];
  if (isList) parts.push('list=1');
  if (isPath) parts.push('paths=1');
  if (byService) parts.push('named=1');
  return parts.join(' ');
};
