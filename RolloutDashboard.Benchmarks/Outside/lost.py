#!/usr/bin/env python3
"""A running server whose data directory is taken away: what it says, and what is in its place afterwards.
usage: DLL=... python3 lost.py   (as root: also read-only by a bind mount)"""
import os,sys,time,subprocess,tempfile,shutil,threading,urllib.request,urllib.error,signal,re
DLL=os.environ['DLL']
def ask(url):
    try: r=urllib.request.urlopen(url+'/healthz',timeout=10); return r.status,r.read().decode().strip()
    except urllib.error.HTTPError as e: return e.code,e.read().decode().strip()
    except Exception as e: return None,str(e)
def run(how):
    base=tempfile.mkdtemp(prefix='lost-'); d=base+'/data'; out=[]; url=[]
    p=subprocess.Popen(['dotnet',DLL,'--Urls=http://127.0.0.1:0','--Storage:DataDirectory='+d,'--Market:Stocks=30','--Market:Years=4','--Loop:Pace=00:00:00.1'],stdout=subprocess.PIPE,stderr=subprocess.STDOUT,text=True)
    def read():
        for l in p.stdout:
            out.append(l); m=re.search(r'listening on: (http\S+)',l)
            if m: url.append(m[1])
    threading.Thread(target=read,daemon=True).start()
    while not url: time.sleep(.05)
    time.sleep(3); before=ask(url[0])
    if how=='deleted': shutil.rmtree(d)
    elif how=='moved': os.rename(d,base+'/aside')
    elif how=='a file': os.rename(d,base+'/aside'); open(d,'w').close()
    elif how=='another folder': os.rename(d,base+'/aside'); os.mkdir(d)
    elif how=='read-only': subprocess.check_call(['mount','--bind',d,d]); subprocess.check_call(['mount','-o','remount,ro,bind',d])
    t=time.time(); after=ask(url[0])
    while after[0]==200 and time.time()-t<30: time.sleep(.05); after=ask(url[0])
    took=time.time()-t; time.sleep(20)
    there=(sorted(os.listdir(d)) if os.path.isdir(d) else 'a file' if os.path.isfile(d) else 'nothing') if how!='read-only' else '(same folder)'
    print(f'{how}: healthz before {before}, after {took:.2f} s {after}; in its place 20 s later: {there}')
    print('   log:',[l.strip() for l in out if 'Nothing is written there' in l][:1])
    if how=='read-only': subprocess.check_call(['umount',d])
    if how=='moved': os.rename(base+'/aside',d)
    if how in('read-only','moved'):
        time.sleep(4); print('   back:',ask(url[0]),[l.strip() for l in out if 'can be used again' in l][:1])
    p.send_signal(signal.SIGTERM); code=p.wait(90)
    there=(sorted(os.listdir(d)) if os.path.isdir(d) else 'a file' if os.path.isfile(d) else 'nothing')
    print(f'   stop: exit {code}; in its place: {there if len(str(there))<160 else str(len(there))+" files"}',flush=True)
    shutil.rmtree(base,ignore_errors=True)
for how in ['deleted','moved','a file','another folder']+(['read-only'] if os.getuid()==0 else []): run(how)
