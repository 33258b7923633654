/**
 * The kinds of remotes, as a part of a pattern. VS Code's authority of a remote is the kind, a plus sign
 * and a name, such as `ssh-remote+host`.
 */
export const REMOTE_KINDS =
  'ssh-remote|wsl|dev-container|attached-container|k8s-container|codespaces|tunnel';
