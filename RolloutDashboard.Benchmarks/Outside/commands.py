#!/usr/bin/env python3
"""Every command of the real program, as its own help lists them, with everything people get wrong: a line and an exit code,
never a stack trace, never a server.   usage: python3 commands.py RolloutDashboard.dll [AT-A-TIME]
BAD lines of "aa" without a stack trace are its long work, cut off; "stats" alone lists its methods."""
import subprocess, sys, re, os, tempfile, concurrent.futures as cf
DLL = sys.argv[1]
def run(args, timeout=40):
    d = tempfile.mkdtemp()
    env = dict(os.environ, Storage__DataDirectory=d, DOTNET_TieredPGO='0', NO_COLOR='1')
    try:
        p = subprocess.run(['dotnet', DLL, *args], capture_output=True, text=True, timeout=timeout, env=env, stdin=subprocess.DEVNULL)
        return p.returncode, p.stdout + p.stderr
    except subprocess.TimeoutExpired as e:
        return 'TIMEOUT', (e.stdout or b'').decode()[-300:]
def helptext(path): return run([*path, '--help'])[1]
def parse(text):
    cmds, opts, args = [], [], []
    sec = None
    for l in text.splitlines():
        m = re.match(r'^(\w+):\s*$', l)
        if m: sec = m.group(1); continue
        if sec == 'Commands':
            m = re.match(r'^  ([a-z][a-z-]*)', l)
            if m: cmds.append(m.group(1))
        if sec == 'Options':
            m = re.match(r'^  ((?:-\S+, )*)(--[\w-]+)( <([^>]*)>)?', l)
            if m: opts.append((m.group(2), m.group(4)))
        if sec == 'Arguments':
            m = re.match(r'^  <([^>]*)>', l)
            if m: args.append(m.group(1))
    return cmds, opts, args
def walk(path):
    t = helptext(path); c, o, a = parse(t)
    yield path, o, a, not c
    for x in c:
        if x != 'help': yield from walk(path + [x])
bad = []; n = 0; codes = {}
cases = []
for path, opts, args, leaf in walk([]):
    for w in ('--help', '-h', '--version', '-?'): cases.append((path + [w], 'info'))
    cases.append((path + ['nonsense-word'], 'wrong')); cases.append((path + ['--nonsense'], 'wrong')); cases.append((path + ['--nonsense=3'], 'wrong'))
    cases.append((path + ['--help', '--nonsense'], 'any'))
    if leaf and args: cases.append((path, 'wrong'))
    for o, v in opts:
        if o in ('--help', '--version'): continue
        cases.append((path + [o], 'wrong' if v else 'any'))
        if v:
            for x in ('/nowhere/at/all', 'zwölf', '-1', '99999999999999999999', '', '1e400', '/dev/null', '/etc'):
                cases.append((path + ['x'] * len(args) + [o, x], 'any'))
    for i in range(len(args)):
        for x in ('/nowhere/at/all', '-1', '99999999999999999999', '', '/etc', '/dev/null'): cases.append((path + [x] * len(args), 'any'))
seen = set(); todo = []
for c, k in cases:
    if tuple(c) not in seen: seen.add(tuple(c)); todo.append((c, k))
def one(ck):
    c, k = ck
    if not c: return None
    code, out = run(c)
    why = []
    if code == 'TIMEOUT': why.append('hangs')
    elif code < 0 or code >= 128: why.append('crash')
    if re.search(r'^\s+at [\w.]+[\w<>`]*\(', out, re.M) or 'Unhandled' in out or 'Exception' in out: why.append('stack')
    if 'Now listening' in out: why.append('server')
    if not out.strip(): why.append('silent')
    if k == 'info' and code != 0: why.append('code of info')
    if k == 'wrong' and code == 0: why.append('wrong is ok')
    return c, code, why, out
with cf.ThreadPoolExecutor(int(sys.argv[2]) if len(sys.argv) > 2 else 3) as ex:
    for r in ex.map(one, todo):
        if r is None: continue
        c, code, why, out = r; codes[code] = codes.get(code, 0) + 1
        if why: bad.append(r); print('BAD', why, code, c, '|', out[-200:].replace('\n', ' / '), flush=True)
print(len(todo), 'runs', codes, len(bad), 'bad')
