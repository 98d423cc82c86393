// A loudspeaker and a microphone without a sound card: PulseAudio with sinks that lead nowhere. At the monitor of one is an ear,
// what is played into the other is what the microphone takes. What a test hears is what a person would.

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { end, start, until } from './processes.js'

/**
 * @param {import('./desk.js').Desk} desk what runs there plays on this speaker from now on
 * @returns {Promise<{ speaker: Speaker, microphone: Microphone }>}
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
    '--load=module-null-sink sink_name=mouth rate=48000',
    '--load=module-remap-source source_name=microphone master=mouth.monitor',
  ])
  desk.env.PULSE_SERVER = `unix:${socket}`
  // The program speaks to ALSA, which hands everything on.
  writeFileSync(join(desk.home, '.asoundrc'), 'pcm.!default { type pulse }\nctl.!default { type pulse }\n')
  const there = () => {
    try {
      return execFileSync('pactl', ['list', 'short', 'sources'], { env: desk.env, stdio: 'pipe' })
        .toString()
        .includes('microphone')
    } catch {
      return false
    }
  }
  await until(there, { what: 'The loudspeaker', of: server })
  for (const [kind, name] of [
    ['sink', 'speaker'],
    ['source', 'microphone'],
  ])
    execFileSync('pactl', [`set-default-${kind}`, name], { env: desk.env })
  return { speaker: new Speaker(desk), microphone: new Microphone(desk) }
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

  /** Listens until it sounds so: the ear itself takes a moment, and so does the device. */
  async until(isHeard) {
    for (let tries = 0; tries < 20; tries++) {
      const sound = await this.hear(1000)
      if (isHeard(sound)) return sound
    }
    throw new Error('it never sounded so')
  }
}

class Microphone {
  #desk
  #voice

  constructor(desk) {
    this.#desk = desk
  }

  /** Somebody speaks at this height, in Hertz, until `hush` or for so many seconds. */
  speak(hertz, seconds = 60) {
    const file = join(this.#desk.folder, `voice-${hertz}.wav`)
    execFileSync('sox', ['-n', '-r', '48000', '-c', '1', '-b', '16', file, 'synth', seconds, 'sine', hertz])
    this.#voice = start('paplay', ['--latency-msec=20', '-d', 'mouth', file], { env: this.#desk.env })
  }

  async hush() {
    if (this.#voice) await end(this.#voice)
  }
}
