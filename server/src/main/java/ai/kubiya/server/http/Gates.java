package ai.kubiya.server.http;

/** What the web layer asks of the features, each through one small interface. */
public record Gates(
        Authenticator authenticator,
        RunnerAuthenticator runners,
        Admission admission,
        RequestCheck check,
        Replays replays,
        RefusalLog refusals) {}
