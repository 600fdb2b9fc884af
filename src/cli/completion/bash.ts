/** Completion for bash, 3.2 or later, without any other script. */
import { argumentCases, type Offering, optionCases, quoted, routePattern, valueCases } from './cases.ts';
import { type Completable, NAMES_OF } from './completable.ts';

/** The script. */
export function bashCompletion(all: readonly Completable[]): string {
  const indented = (lines: readonly string[]) => lines.map((line) => `    ${line}`).join('\n');
  return `# bash completion for secret-events; made by: secret-events completion bash
_secret_events() {
  # Read from the line itself: bash takes colons for ends of words, and sources have them.
  local line="\${COMP_LINE:0:COMP_POINT}" cur='' prev route='' offered='' list='' paths='' named='' services='' front='' before='' word i
  local -a words
  read -ra words <<<"$line"
  if [[ "$line" != *[[:space:]] ]]; then
    i=$((\${#words[@]} - 1))
    cur="\${words[i]}"
    unset "words[i]"
  fi
  prev="\${words[\${#words[@]} - 1]}"
  for word in "\${words[@]:1}"; do
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
    offered="$(command ${NAMES_OF}"$services" 2>/dev/null)"
    offered="\${offered//$'\\n'/ }"
  fi
  if [[ -n "$list" && "$cur" == *,* ]]; then front="\${cur%,*},"; fi
  COMPREPLY=()
  read -ra words <<<"$offered"
  for word in "\${words[@]}"; do
    # A name with a placeholder is none that could be asked for.
    if [[ "$front$word" == "$cur"* && "$word" != *'<'* ]]; then COMPREPLY+=("$front$word"); fi
  done
  if [[ \${#COMPREPLY[@]} -eq 1 && "\${COMPREPLY[0]}" == */ ]]; then compopt -o nospace 2>/dev/null; fi
  if [[ -n "$paths" && \${#COMPREPLY[@]} -eq 0 ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$cur")
  fi
  # What stands before the last colon is in the line already, and bash would write it again.
  if [[ "$cur" == *:* && "$COMP_WORDBREAKS" == *:* ]]; then
    front="\${cur%"\${cur##*:}"}"
    for i in "\${!COMPREPLY[@]}"; do COMPREPLY[i]="\${COMPREPLY[i]#"$front"}"; done
  fi
}
complete -F _secret_events secret-events
`;
}

const OFFER: Offering = ({ words, isList, isPath, byService }) => {
  const parts = [`offered=${quoted(words.join(' '))}`];
  if (isList) parts.push('list=1');
  if (isPath) parts.push('paths=1');
  if (byService) parts.push('named=1');
  return parts.join(' ');
};
