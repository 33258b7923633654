import type { Answer } from '../http/answer.ts';
import { parameter, type SpotifyRequest } from '../http/request.ts';
import type { Device } from '../player.ts';
import type { Service } from '../service.ts';
import type { User } from '../users.ts';
import { apiError, commandText, noContent } from './apiAnswer.ts';
import { authenticate } from './bearer.ts';
import { playNext, playPrevious, readTracks, startPlaying } from './playback.ts';

interface Call {
  readonly spotify: Service;
  readonly request: SpotifyRequest;
  readonly user: User;
  readonly device: Device;
}

/**
 * Makes the handler of a command, which checks the user and finds the device.
 *
 * @throws Refusal 401 without the scope (observed 2021), 403 without Premium, 404 without a device
 */
const command =
  (run: (call: Call) => void, chooseDevice = requestedDevice) =>
  (spotify: Service, request: SpotifyRequest): Answer => {
    const { user, scope } = authenticate(spotify, request);
    if (!user || !scope.includes('user-modify-playback-state')) {
      throw apiError(401, 'Permissions missing');
    }
    if (user.product !== 'premium') throw failed(403, 'Premium required', 'PREMIUM_REQUIRED');
    run({ spotify, request, user, device: chooseDevice(request, user) });
    return spotify.behaviour.silentPlayer ? noContent() : commandText();
  };

/** `PUT /v1/me/player/play`: plays the requested tracks or playlist, or goes on. */
export const play = command(({ spotify, request, user, device }) => {
  const started = startPlaying(spotify.catalogue, user, request.json);
  if (!started) throw failed(403, 'Restriction violated', 'UNKNOWN');
  activate(user, device);
});

/** `PUT /v1/me/player/pause`. Pausing twice is refused. */
export const pause = command(({ user: { player } }) => {
  if (!player.isPlaying) throw failed(403, 'Restriction violated', 'UNKNOWN');
  player.isPlaying = false;
});

/** `POST /v1/me/player/next`: without a next track nothing is in the player. */
export const skipToNext = command(({ user }) => playNext(user));

/** `POST /v1/me/player/previous`: without a previous track the present one begins again. */
export const skipToPrevious = command(({ user }) => playPrevious(user));

/** `POST /v1/me/player/queue`. */
export const addToQueue = command(({ spotify, request, user }) => {
  const uri = required(request, 'uri');
  readTracks(spotify.catalogue, [uri]);
  user.player.queue.push(uri);
});

/** `PUT /v1/me/player/seek`. */
export const seek = command(({ request, user: { player } }) => {
  player.progressMs = number(required(request, 'position_ms'), Infinity);
});

/** `PUT /v1/me/player/volume`. */
export const setVolume = command(({ request, device }) => {
  device.volumePercent = number(required(request, 'volume_percent'), 100);
});

/** `PUT /v1/me/player/shuffle`. The stand-in keeps the order all the same. */
export const setShuffle = command(({ request, user: { player } }) => {
  player.shuffle = oneOf(required(request, 'state'), ['true', 'false']) === 'true';
});

/** `PUT /v1/me/player/repeat`. */
export const setRepeat = command(({ request, user: { player } }) => {
  player.repeat = oneOf(required(request, 'state'), ['off', 'track', 'context'] as const);
});

/** `PUT /v1/me/player`: goes on with another device, which the body names. */
export const transfer = command(({ request, user, device }) => {
  activate(user, device);
  if ((request.json as { play?: boolean }).play === true) user.player.isPlaying = true;
}, transferDevice);

function requestedDevice({ query }: SpotifyRequest, { player }: User): Device {
  const id = parameter(query, 'device_id');
  const device = player.devices.find((one) => (id === undefined ? one.isActive : one.id === id));
  if (device) return device;
  if (id === undefined) throw failed(404, 'No active device found', 'NO_ACTIVE_DEVICE');
  throw apiError(404, 'Device not found');
}

function transferDevice({ json }: SpotifyRequest, { player }: User): Device {
  const ids = (json as { device_ids?: unknown } | undefined)?.device_ids;
  if (!Array.isArray(ids) || ids.length !== 1) throw apiError(400, 'Missing or invalid device_ids');
  const device = player.devices.find(({ id }) => id === ids[0]);
  if (!device) throw apiError(404, 'Device not found');
  return device;
}

function activate({ player }: User, device: Device): void {
  for (const one of player.devices) one.isActive = one === device;
}

/** The errors of the player (observed 2018 to 2022). */
const failed = (status: number, text: string, reason: string) =>
  apiError(status, `Player command failed: ${text}`, reason);

function required({ query }: SpotifyRequest, name: string): string {
  const value = parameter(query, name);
  if (value === undefined) throw apiError(400, `Required parameter ${name} missing`);
  return value;
}

function number(text: string, most: number): number {
  if (!/^\d+$/.test(text) || Number(text) > most) throw apiError(400, `Invalid value: ${text}`);
  return Number(text);
}

function oneOf<T extends string>(text: string, values: readonly T[]): T {
  const value = values.find((one) => one === text);
  if (value === undefined) throw apiError(400, `Invalid value: ${text}`);
  return value;
}
