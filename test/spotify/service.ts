import type { AuthorizationRequest } from './accounts/authorizationRequest.ts';
import { createApp, type App, type AppOptions } from './apps.ts';
import { Catalogue } from './catalogue.ts';
import { defaultBehaviour } from './control/behaviour.ts';
import { Clock } from './control/clock.ts';
import { Faults } from './control/faults.ts';
import { RequestLog } from './control/requestLog.ts';
import { Tokens } from './tokens.ts';
import { createUser, type User, type UserOptions } from './users.ts';

/** The state of the stand-in, which its two hosts share. */
export class Service {
  readonly clock = new Clock();
  readonly behaviour = defaultBehaviour();
  readonly tokens = new Tokens(this.clock, this.behaviour);
  readonly faults = new Faults();
  readonly requests = new RequestLog();
  /** By client ID. */
  readonly apps = new Map<string, App>();
  /** By user ID. */
  readonly users = new Map<string, User>();
  /** While it has no track, a search finds one that is not in it. */
  readonly catalogue = new Catalogue();
  /** The consent pages without an answer, by a random id that only the page contains. */
  readonly pending = new Map<string, AuthorizationRequest>();
  /** The user who is signed in, by the browser’s cookie. */
  readonly browsers = new Map<string, User>();

  /** Restores the initial state: no apps, users, tracks, tokens, requests and faults, and the real time. */
  reset(): void {
    this.clock.reset();
    Object.assign(this.behaviour, defaultBehaviour());
    for (const part of [this.tokens, this.faults, this.requests, this.catalogue]) part.clear();
    for (const map of [this.apps, this.users, this.pending, this.browsers]) map.clear();
  }

  addApp(options: AppOptions): App {
    const app = createApp(options);
    this.apps.set(app.clientId, app);
    return app;
  }

  addUser(options: UserOptions): User {
    const user = createUser(options);
    this.users.set(user.id, user);
    return user;
  }
}
