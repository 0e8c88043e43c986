package ai.kubiya.server.state.token;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Passes;
import ai.kubiya.server.http.Uuids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Gives tokens to runs and knows them again. A token is {@code run_} and 43 url-safe characters, 256 random bits. */
public final class RunTokens implements Passes {
    private static final String START = "run_";
    private static final int LONGEST = 100;
    /** Long after the last request that was still on its way when the execution ended. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final Database database;
    private final RunTokenStore store = new RunTokenStore();
    private final SecureRandom random;
    private final Clock clock;

    public RunTokens(Database database, SecureRandom random, Clock clock) {
        this.database = database;
        this.random = random;
        this.clock = clock;
    }

    /**
     * A new token. Tokens that the execution got before are void: whoever ran it then does so no longer.
     *
     * @throws IllegalArgumentException when there is no such project or execution
     */
    public String issue(UUID organizationId, UUID projectId, UUID executionId) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = START + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        boolean made = database.inTransaction(transaction -> store.insert(
                transaction, Uuids.next(clock), organizationId, projectId, executionId, hash(token), clock.instant()));
        if (!made) {
            throw new IllegalArgumentException("no project " + projectId + " or no execution " + executionId);
        }
        return token;
    }

    @Override
    public boolean isPass(String text) {
        return text.startsWith(START) && text.length() <= LONGEST;
    }

    @Override
    public Optional<Caller> caller(String pass, Map<String, String> parameters, Origin origin) {
        Optional<RunToken> token = database.read(transaction -> store.findByHash(transaction, hash(pass), origin));
        token.ifPresent(found -> {
            String project = parameters.getOrDefault("project", "");
            if (!found.projectId().toString().equalsIgnoreCase(project)) {
                throw ApiException.notFound("project", project);
            }
            requireLive(found);
        });
        return token.map(RunToken::caller);
    }

    /**
     * The token that a caller came with; empty when it was a key.
     *
     * @throws ApiException 401 when its execution is over by now
     */
    public Optional<RunToken> of(Transaction transaction, Caller caller) {
        Optional<RunToken> token = store.find(transaction, caller.organizationId(), caller.keyId(), caller.origin());
        token.ifPresent(RunTokens::requireLive);
        return token;
    }

    private static void requireLive(RunToken token) {
        if (!token.live()) {
            throw ApiException.of(
                    ErrorCode.INVALID_API_KEY,
                    "The execution " + token.executionId()
                            + " that this token was made for is over, or runs elsewhere.");
        }
    }

    public void forgetOld() {
        Instant before = clock.instant().minus(KEPT);
        int _ = database.inTransaction(transaction -> store.forget(transaction, before));
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
