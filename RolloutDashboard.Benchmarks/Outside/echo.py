"""One echo server a port: an OpenAI-like provider, a Slack webhook, an SMS gateway and a mail server, each repeating the secret it was sent in another encoding each time."""
import base64, html, json, quopri, socketserver, sys, threading, urllib.parse, binascii
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

def forms(s):
    b = s.encode()
    u = ''.join('\\u%04x' % ord(c) for c in s)
    return [
        s, s.upper(), s[:12], s[-12:],
        base64.b64encode(b).decode(), base64.urlsafe_b64encode(b).decode().rstrip('='),
        base64.b64encode(b'user:' + b).decode(), base64.b64encode(b'x' + b + b'y').decode(), base64.b64encode(json.dumps({'key': s}).encode()).decode(),
        urllib.parse.quote(s, safe=''), ''.join('%%%02x' % c for c in b), ''.join('%%%02X' % c for c in b), urllib.parse.quote(urllib.parse.quote(s, safe=''), safe=''),
        u, json.dumps(u), html.escape(s), ''.join('&#%d;' % ord(c) for c in s), ''.join('&#x%x;' % ord(c) for c in s),
        binascii.hexlify(b).decode(), binascii.hexlify(b).decode().upper(), ':'.join('%02x' % c for c in b),
        ''.join('=%02X' % c for c in b), quopri.encodestring(b).decode().strip(),
        ' '.join(s), '/v1/keys/' + s + '/usage',
    ]

count = {}
lock = threading.Lock()
def turn(name):
    with lock:
        count[name] = count.get(name, -1) + 1
        return count[name]

class Echo(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def log_message(self, *a): pass
    def do_POST(self):
        length = int(self.headers.get('Content-Length') or 0)
        if self.headers.get('Transfer-Encoding') == 'chunked':
            while True:
                n = int(self.rfile.readline(), 16)
                self.rfile.read(n + 2)
                if n == 0: break
        else:
            self.rfile.read(length)
        secret = (self.headers.get('Authorization') or '').split(' ')[-1] or self.path.split('/services/')[-1]
        if 'services' in self.path: secret = self.path.split('/services/')[-1]
        n = turn(self.server.name)
        f = forms(secret); e = f[n % len(f)]
        one = e.replace('\r', ' ').replace('\n', ' ')
        kind = (n // len(f)) % 3
        if self.server.name == 'llm' and kind == 0:
            status, body = 200, json.dumps({'id': e, 'object': 'chat.completion', 'created': 1, 'model': e, 'choices': [{'index': 0, 'finish_reason': 'stop', 'message': {'role': 'assistant', 'content': 'You sent ' + e}}], 'usage': {'prompt_tokens': 1, 'completion_tokens': 1, 'total_tokens': 2}})
        elif self.server.name == 'llm' and kind == 1:
            status, body = 400, json.dumps({'error': {'message': 'refused: ' + e, 'type': e, 'code': e}})
        else:
            status, body = 401, 'no: ' + e
        data = body.encode()
        self.wfile.write(f'HTTP/1.1 {status} {one}\r\nContent-Type: application/json\r\nX-Why: {one}\r\nLocation: http://127.0.0.1:9/{urllib.parse.quote(one)}\r\nContent-Length: {len(data)}\r\nConnection: close\r\n\r\n'.encode() + data)
        self.close_connection = True

class Mail(socketserver.StreamRequestHandler):
    def handle(self):
        say = lambda t: self.wfile.write((t + '\r\n').encode())
        say('220 echo'); secret = 'none'
        while line := self.rfile.readline().decode('latin1').strip():
            word = line.split(' ')[0].upper()
            if word == 'EHLO': say('250-echo\r\n250 AUTH PLAIN')
            elif word == 'AUTH':
                secret = base64.b64decode(line.split(' ')[-1]).decode().split('\0')[-1]
                f = forms(secret); n = turn('mail')
                say('535 not ' + f[n % len(f)].replace('\r', ' ').replace('\n', ' '))
            elif word == 'QUIT': say('221 bye'); return
            else: say('250 ok')

def serve(name, port):
    s = ThreadingHTTPServer(('127.0.0.1', port), Echo); s.name = name
    threading.Thread(target=s.serve_forever, daemon=True).start()

serve('llm', 18081); serve('slack', 18082); serve('sms', 18083)
socketserver.ThreadingTCPServer.allow_reuse_address = True
print('echoing', flush=True)
socketserver.ThreadingTCPServer(('127.0.0.1', 18084), Mail).serve_forever()
