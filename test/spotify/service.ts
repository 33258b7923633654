import type { AuthorizationRequest } from './accounts/authorizationRequest.ts';
import { createApp, type App, type AppOptions } from './apps.ts';
import { defaultBehaviour } from './control/behaviour.ts';
import { Clock } from './control/clock.ts';
import { Faults } from './control/faults.ts';
import { RequestLog } from './control/requestLog.ts';
import { Tokens } from './tokens.ts';
import { createUser, type User, type UserOptions } from './users.ts';

/** All the stand-in knows, whichever of its two hosts is asked. */
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
  /** Consent pages not answered yet, by a random ID known to the page alone. */
  readonly pending = new Map<string, AuthorizationRequest>();
  /** Who is signed in, by the browser's cookie. */
  readonly browsers = new Map<string, User>();

  /** Makes it as new: no apps, no users, nothing issued, asked or expected, and the real time. */
  reset(): void {
    this.clock.reset();
    Object.assign(this.behaviour, defaultBehaviour());
    for (const part of [this.tokens, this.faults, this.requests]) part.clear();
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
