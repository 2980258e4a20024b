// burn.js PART: uses so much of one processor, for a baseline beside clients that do.
const part = +process.argv[2], tick = 20;
setInterval(() => { const end = process.hrtime.bigint() + BigInt(Math.round(part * tick * 1e6)); while (process.hrtime.bigint() < end); }, tick);
