import { spotifyId, type Playlist, type Track } from '../catalogue.ts';
import type { Device } from '../player.ts';
import type { User } from '../users.ts';

/** The fields that every object of the catalogue has. */
function common(type: string, id: string, name: string, base: string) {
  return {
    external_urls: { spotify: `https://open.spotify.com/${type}/${id}` },
    href: `${base}/${type}s/${id}`,
    id,
    name,
    type,
    uri: `spotify:${type}:${id}`,
  };
}

/** A track as in development mode, without the fields removed in February 2026. */
export function trackObject(track: Track, base: string) {
  return {
    album: albumObject(track, base),
    artists: track.artists.map((name) => artistObject(name, base)),
    disc_number: 1,
    duration_ms: track.durationMs,
    explicit: false,
    is_local: false,
    is_playable: true,
    preview_url: null,
    track_number: 1,
    ...common('track', track.id, track.name, base),
  };
}

export function artistObject(name: string, base: string) {
  return common('artist', spotifyId('artist', name), name, base);
}

export function albumObject({ album, artists }: Track, base: string) {
  return {
    album_type: 'album',
    artists: artists.map((name) => artistObject(name, base)),
    images: [],
    release_date: '1900',
    release_date_precision: 'year',
    ...common('album', spotifyId('album', album, ...artists), album, base),
  };
}

/** A playlist without its items. */
export function playlistObject(playlist: Playlist, base: string) {
  return {
    collaborative: playlist.collaborative,
    description: playlist.description,
    images: [],
    owner: ownerObject(playlist.owner, base),
    primary_color: null,
    public: playlist.public,
    snapshot_id: snapshotOf(playlist),
    ...common('playlist', playlist.id, playlist.name, base),
  };
}

/** Identifies the contents of a playlist. */
export function snapshotOf({ id, tracks }: Playlist): string {
  return spotifyId(id, ...tracks.map((track) => track.id));
}

function ownerObject({ id, displayName }: User, base: string) {
  const { name, ...user } = common('user', id, displayName ?? '', base);
  return { display_name: name || null, ...user };
}

export function deviceObject({ id, name, type, isActive, volumePercent }: Device) {
  return {
    id,
    is_active: isActive,
    is_private_session: false,
    is_restricted: false,
    name,
    supports_volume: true,
    type,
    volume_percent: volumePercent,
  };
}
