// Like any extension, it loads VS Code's API.
const vscode = require('vscode');

exports.activate = () => vscode.version;
