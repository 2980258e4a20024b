#!/usr/bin/env python3
"""SIGTERM at N moments from the entry of Main to 5 s after listening.
usage: DLL=.../RolloutDashboard.dll python3 sigterm.py N [SIGNAL]
Prints a line per moment: where it was aimed, the exit code, and what the next start finds.
Do not run it under nohup, which ignores SIGHUP. Main is taken as entered when /proc/PID/status shows a handler for SIGHUP (the runtime itself installs none)."""
import os, sys, time, signal, subprocess, tempfile, sqlite3, threading, shutil
N=int(sys.argv[1]); SIG=getattr(signal, sys.argv[2]) if len(sys.argv)>2 else signal.SIGTERM
DLL=os.environ['DLL']
def in_main(pid):
    try:
        for line in open(f'/proc/{pid}/status'):
            if line.startswith('SigCgt'): return bool(int(line.split()[1],16) & 1)
    except FileNotFoundError: pass
    return False
class Server:
    def __init__(s, data):
        s.out=[]; s.listening=None; s.t0=time.time()
        s.p=subprocess.Popen(['dotnet',DLL,'--Urls=http://127.0.0.1:0',f'--Storage:DataDirectory={data}','--Market:Stocks=30','--Market:Years=4','--Loop:Pace=00:00:00.05'],stdout=subprocess.PIPE,stderr=subprocess.STDOUT,text=True)
        s.th=threading.Thread(target=s.read,daemon=True); s.th.start()
    def read(s):
        for line in s.p.stdout:
            s.out.append(line)
            if 'Now listening' in line: s.listening=time.time()
def rows(data,q):
    try:
        c=sqlite3.connect(f'file:{data}/rollout.db?mode=ro',uri=True,timeout=5); r=c.execute(q).fetchall(); c.close(); return r
    except sqlite3.Error as e: return None
def wait(cond, limit=120):
    t=time.time()
    while not cond():
        if time.time()-t>limit: raise SystemExit('waited in vain')
        time.sleep(0.002)
data=tempfile.mkdtemp(prefix='sigterm-')
s=Server(data); wait(lambda: in_main(s.p.pid)); tm=time.time(); wait(lambda: s.listening); span=s.listening-tm
print(f'entry of Main {tm-s.t0:.2f} s after the start of the process, listening {span:.2f} s later',flush=True)
time.sleep(1); s.p.send_signal(SIG); print('calibration: exit',s.p.wait(60))
starts=max(1,int(N*0.55)); aimed=max(1,int(N*0.2)); after=N-starts-aimed
plan=[('main',span*i/max(1,starts-1)) for i in range(starts)]
plan+=[(('session' if i%2 else 'listening'),0.0 if i<4 else 0.02*i) for i in range(aimed)]
plan+=[('listening',5.0*(i+1)/after) for i in range(after)]
bad=0
for n,(mode,dt) in enumerate(plan):
    fresh=n%4==3
    d=tempfile.mkdtemp(prefix='sigterm-') if fresh else data
    known=len(rows(d,'SELECT Id FROM ProcessSessions') or [])
    s=Server(d); wait(lambda: in_main(s.p.pid) or s.p.poll() is not None)
    if mode=='listening': wait(lambda: s.listening or s.p.poll() is not None)
    if mode=='session': wait(lambda: len(rows(d,'SELECT Id FROM ProcessSessions') or [])>known or s.p.poll() is not None)
    time.sleep(dt); s.p.send_signal(SIG)
    code=s.p.wait(120); s.th.join(5)
    open_=rows(d,'SELECT COUNT(*) FROM ProcessSessions WHERE StoppedAt IS NULL AND EndedUncleanly=0')
    opens=open_[0][0] if open_ else 0
    back=rows(d,'SELECT COUNT(*) FROM Rollbacks'); backs=back[0][0] if back else 0
    new=len(rows(d,'SELECT Id FROM ProcessSessions') or [])-known
    ok=code==0 and opens==0 and backs==0
    bad+=not ok
    print(f'{n+1:3} {mode:9} +{dt:5.2f} s {"new folder" if fresh else "          "} exit {code:4} session rows +{new} left open {opens} rollbacks {backs} {"" if ok else "<<< BAD"}',flush=True)
    if not ok: print(''.join(s.out[-25:]))
    if fresh: shutil.rmtree(d)
s=Server(data); wait(lambda: s.listening); time.sleep(1); s.p.send_signal(SIG); c=s.p.wait(60)
print('next start: exit',c,'rollbacks',rows(data,'SELECT COUNT(*) FROM Rollbacks')[0][0],'unclean sessions',rows(data,'SELECT COUNT(*) FROM ProcessSessions WHERE EndedUncleanly=1')[0][0])
print(f'{len(plan)} moments, {bad} bad')
shutil.rmtree(data)
