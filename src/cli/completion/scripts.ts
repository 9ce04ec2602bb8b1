/** What each shell is told: to ask `tq complete` for the words that can follow, a line each, with a tab before what it is. */
export const SCRIPTS = {
  bash: `# tq completion for bash:  source <(tq completion bash)
_tq() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("$(printf '%q' "\${line%%$'\\t'*}")")
  done < <(tq complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -o nosort -F _tq tq 2>/dev/null || complete -o default -F _tq tq
`,
  zsh: `#compdef tq
# tq completion for zsh:  source <(tq completion zsh)
_tq() {
  local line
  local -a names says
  while IFS= read -r line; do
    names+=("\${line%%$'\\t'*}")
    says+=("\${line/$'\\t'/  }")
  done < <(tq complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#names} )); then
    compadd -l -d says -a names
  else
    _files
  fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -u }
compdef _tq tq
`,
  fish: `# tq completion for fish:  tq completion fish | source
function __tq_complete
    set -l words (commandline -opc) (commandline -ct)
    tq complete -- $words[2..] 2>/dev/null
end
complete -c tq -f -a '(__tq_complete)'
complete -c tq -n 'test -z "$(__tq_complete)"' -F
`,
  powershell: `# tq completion for PowerShell:  tq completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName tq -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
    if ($wordToComplete -eq '') { $words += '' }
    tq complete -- @words 2>$null | ForEach-Object {
        $name, $says = $_ -split "\`t", 2
        if (-not $says) { $says = $name }
        $text = if ($name -match '[\\s''"$\`;&|<>(){}]') { "'" + ($name -replace "'", "''") + "'" } else { $name }
        [System.Management.Automation.CompletionResult]::new($text, $name, 'ParameterValue', $says)
    }
}
`,
} as const;

export type Shell = keyof typeof SCRIPTS;

export const SHELLS = Object.keys(SCRIPTS) as Shell[];
