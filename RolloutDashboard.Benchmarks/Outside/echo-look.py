"""Looks for a secret in every encoding of echo.py, whole or in parts of 12 characters, in files. Usage: look.py SECRET... -- FILE..."""
import base64, re, sys, binascii
at = sys.argv.index('--'); secrets, files = sys.argv[1:at], sys.argv[at + 1:]
def looks(s):
    b = s.encode(); e = lambda p: base64.b64encode(p + b).decode()
    return [s, e(b'')[:-4], e(b'x')[4:-4], e(b'xx')[4:-4], ''.join('%%%02x' % c for c in b), ''.join('%%25%02x' % c for c in b), ''.join('\\u%04x' % c for c in b), ''.join('&#%d;' % c for c in b), ''.join('&#x%x;' % c for c in b), binascii.hexlify(b).decode(), ':'.join('%02x' % c for c in b), ''.join('=%02X' % c for c in b), ' '.join(s)]
bad = 0
for f in files:
    raw = open(f, 'rb').read()
    texts = [raw.decode('latin1').lower(), raw.decode('utf-16-le', 'ignore').lower()]
    for s in secrets:
        for l in looks(s):
            l = l.lower()
            for i in range(max(1, len(l) - 11)):
                for t in texts:
                    k = t.find(l[i:i + 12])
                    if k >= 0:
                        bad += 1; print('LEAK', f, repr(t[max(0, k - 60):k + 60])); break
                else: continue
                break
print('files', len(files), 'leaks', bad)
