/** The command as a card or a report shows it: files by their names, without the folders of the machine it ran on. */
export function shownCommand(command: string): string {
  return command.replace(/(^|[\s="'])(?:[A-Za-z]:[\\/]|[\\/]{1,2}|~[\\/])[^\s"']*[\\/]([^\s"'\\/]+)/g, "$1$2");
}
