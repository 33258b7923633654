import assert from 'node:assert/strict';
import { anonymizer } from '../../../src/diagnosis/anonymizer.ts';

describe('an anonymized text', () => {
  const clean = anonymizer([
    '/home/alva',
    'alva',
    'C:\\Users\\alva',
    'Alva (Lind)',
    'x',
    undefined,
  ]);

  it('contains no name, also in an encoded form, and no secret', () => {
    for (const [text, expected] of [
      [
        "ENOENT: no such file, open '/home/alva/.config/x'",
        "ENOENT: no such file, open '***/.config/x'",
      ],
      ['open C:\\Users\\alva\\AppData', 'open ***\\AppData'],
      ['file:///home%2Falva/x for alva.', 'file:///home%2F***/x for ***.'],
      ['Alva (Lind) and Alva%20(Lind)', '*** and ***'],
      [`alva has BQ${'x'.repeat(100)}`, '*** has ***'],
    ] as const) {
      assert.equal(clean(text), expected);
    }
  });

  it('contains no name in another capitalisation', () => {
    const ofJane = anonymizer(['C:\\Users\\Jane', 'Jane', 'MYPC']);
    for (const [text, expected] of [
      ['open c:\\users\\jane\\x', 'open ***\\x'],
      ['file:///c%3A/Users/jane/x', 'file:///c%3A/Users/***/x'],
      ['c%3a%5Cusers%5Cjane%5Cx', '***%5Cx'],
      ['getaddrinfo ENOTFOUND mypc', 'getaddrinfo ENOTFOUND ***'],
      ['on mypc', 'on ***'],
    ] as const) {
      assert.equal(ofJane(text), expected);
    }
  });

  it('contains no name in the short form of Windows', () => {
    for (const [text, expected] of [
      ["EPERM, unlink 'C:\\Users\\ALVALI~1\\AppData'", "EPERM, unlink 'C:\\Users\\***\\AppData'"],
      ['file:///c%3A/Users/al3f2~12/x', 'file:///c%3A/Users/***/x'],
      ['c%3A%5CUsers%5CÅSA_L~1%5Cx', 'c%3A%5CUsers%5C***%5Cx'],
    ] as const) {
      assert.equal(clean(text), expected);
    }
  });

  it('contains no name that was cut off within a character', () => {
    assert.equal(anonymizer(['Alva \ud83c'])('Alva \ud83c is here'), '*** is here');
  });

  it('contains no host, also none that is not in the list of names', () => {
    for (const [text, expected] of [
      [
        "Hostname/IP does not match certificate's altnames: Host: accounts.spotify.com. is not in the cert's altnames: DNS:fw.corp.example (ERR_TLS_CERT_ALTNAME_INVALID)\n  because of x",
        "Hostname/IP does not match certificate's altnames: *** (ERR_TLS_CERT_ALTNAME_INVALID)\n  because of x",
      ],
      ['connect ECONNREFUSED 10.20.30.40:3128', 'connect ECONNREFUSED ***:3128'],
      ['getaddrinfo ENOTFOUND wpad-proxy.corp.example', 'getaddrinfo ENOTFOUND ***'],
      ["the cert's altnames: DNS:fw.corp.example", "the cert's altnames: ***"],
      ['queryA EAI_AGAIN wpad (EAI_AGAIN)', 'queryA EAI_AGAIN *** (EAI_AGAIN)'],
      ['ENOTFOUND api.spotify.com.corp.example', 'ENOTFOUND ***'],
      ['getaddrinfo EAI_FAIL proxy.corp.example:3128', 'getaddrinfo EAI_FAIL ***'],
      ['getaddrinfo ESERVFAIL "proxy.corp.example"', 'getaddrinfo ESERVFAIL "***"'],
      ['queryAaaa ECONNREFUSED proxy.corp.example.', 'queryAaaa ECONNREFUSED ***'],
      ['PAC http://wpad.corp.example/wpad.dat', 'PAC http://wpad.***/wpad.dat'],
      ['http%3A%2F%2FWPAD.data and wpad.dat.corp.example', 'http%3A%2F%2FWPAD.*** and wpad.***'],
      ['vscode-remote://ssh-remote+box.corp/home/x', 'vscode-remote://ssh-remote+***/home/x'],
      ['vscode-remote://ssh-remote+me@box.corp/home/x', 'vscode-remote://***@***/home/x'],
      [
        'http://me:secret@proxy.corp:3128 and http://me@[fe80::1]/',
        'http://***@***:3128 and http://***@[***]/',
      ],
      ['vscode-remote%3A%2F%2Fssh-remote%2Bbox.corp', 'vscode-remote%3A%2F%2Fssh-remote%2B***'],
      ['(wsl+Ubuntu-Lind), dev-container%252B7b22', '(wsl+***), dev-container%252B***'],
      ['http%3A%2F%2F10.20.30.40 and (192.168.0.7).', 'http%3A%2F%2F*** and (***).'],
      ['connect ETIMEDOUT 2001:db8::5:3128', 'connect ETIMEDOUT ***'],
      ['connect ETIMEDOUT 2001:db8:0:0:0:0:0:5:65000', 'connect ETIMEDOUT ***'],
      ['http://[fe80::1%25eth0]:80/ and ::ffff:10.1.2.3', 'http://[***]:80/ and ***'],
    ] as const) {
      assert.equal(clean(text), expected);
    }
  });

  it('keeps loopback addresses, Spotify’s hosts, and text that only looks like an address', () => {
    for (const text of [
      'connect ECONNREFUSED 127.0.0.1:3128, ::1:3128, http://[::1]:80/ and ::ffff:127.0.0.1',
      'getaddrinfo ENOTFOUND accounts.spotify.com (ENOTFOUND)',
      'getaddrinfo EAI_AGAIN api.spotify.com.',
      'Error: x (ENOTFOUND)\n  because of y',
      'at 12:34:56 in 1.105.0, std::bad and a: b: c',
      'Error: getaddrinfo ENOTFOUND\n  because of y',
      'getaddrinfo EAI_FAIL accounts.spotify.com (EAI_FAIL)',
      'query WPAD first, wpad.dat, and ssh-remote + 1',
      '~1, ~/x, about ~15 s, a_longer~1 and 5~x',
    ]) {
      assert.equal(clean(text), text);
    }
  });

  it('keeps longer words that contain a name, and names of one character', () => {
    assert.equal(clean('Salvador x alvarez'), 'Salvador x alvarez');
    assert.equal(anonymizer([])('as it is'), 'as it is');
  });
});
