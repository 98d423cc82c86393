// A loudspeaker without a sound card: PulseAudio with a sink that leads nowhere, and an ear at its monitor. What a test hears
// is what a person would.

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { end, start, until } from './processes.js'

/**
 * @param {import('./desk.js').Desk} desk what runs there plays on this speaker from now on
 * @returns {Promise<Speaker>}
 */
export async function openSpeaker(desk) {
  const socket = join(desk.env.XDG_RUNTIME_DIR, 'pulse.sock')
  const server = desk.start('pulseaudio', [
    '-n',
    '--daemonize=no',
    '--exit-idle-time=-1',
    '--use-pid-file=no',
    '--log-target=stderr',
    `--load=module-native-protocol-unix socket=${socket} auth-anonymous=1`,
    '--load=module-null-sink sink_name=speaker rate=48000',
  ])
  desk.env.PULSE_SERVER = `unix:${socket}`
  // The program speaks to ALSA, which hands everything on.
  writeFileSync(join(desk.home, '.asoundrc'), 'pcm.!default { type pulse }\nctl.!default { type pulse }\n')
  const there = () => {
    try {
      return execFileSync('pactl', ['list', 'short', 'sinks'], { env: desk.env, stdio: 'pipe' })
        .toString()
        .includes('speaker')
    } catch {
      return false
    }
  }
  await until(there, { what: 'The loudspeaker', of: server })
  return new Speaker(desk)
}

class Speaker {
  #desk

  constructor(desk) {
    this.#desk = desk
  }

  /** Listens for so many milliseconds: how loud it was, of 1, and how high in Hertz. */
  async hear(millis = 1500) {
    const file = join(this.#desk.folder, `heard-${Date.now()}.raw`)
    const form = ['--raw', '--format=s16le', '--channels=1', '--rate=48000']
    const ear = start('parec', ['--latency-msec=20', '-d', 'speaker.monitor', ...form, file], {
      env: this.#desk.env,
    })
    await new Promise((go) => setTimeout(go, millis))
    await end(ear)
    const read = 'sox -t raw -r 48000 -e signed -b 16 -c 1 "$1" -n stat 2>&1'
    const told = execFileSync('sh', ['-c', read, 'sh', file]).toString()
    const number = (name) => Number(new RegExp(`${name}:\\s*([-\\d.]+)`).exec(told)?.[1] ?? 0)
    return { loud: number('Maximum amplitude'), hertz: number('Rough\\s+frequency') }
  }
}
