package ai.kubiya.runner.remote;

import ai.kubiya.runner.remote.ServerConnection.AwayException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for work so that none is lost with the answer that brings it. For one thread.
 *
 * @param <T> what is answered for each run
 */
public final class WorkQuestion<T> {
    private static final Logger log = LoggerFactory.getLogger(WorkQuestion.class);

    private final Asking<T> asking;
    private final Consumer<T> giveBack;
    // Of a request whose answer did not arrive: the runs may be ours already.
    private List<UUID> unanswered = List.of();

    /** Asks the server. */
    @FunctionalInterface
    public interface Asking<T> {
        List<T> ask(List<UUID> tokens, Duration wait) throws InterruptedException;
    }

    /**
     * A question.
     *
     * @param giveBack lets go of a run that came too late
     */
    public WorkQuestion(Asking<T> asking, Consumer<T> giveBack) {
        this.asking = asking;
        this.giveBack = giveBack;
    }

    /** Waits up to {@code wait} for up to {@code most} runs. */
    public List<T> ask(int most, Duration wait) throws InterruptedException {
        List<UUID> tokens = tokens(most);
        try {
            List<T> answer = asking.ask(tokens, wait);
            unanswered = List.of();
            return answer;
        } catch (AwayException e) {
            unanswered = tokens;
            throw e;
        } catch (InterruptedException e) {
            giveBackAnswer(tokens);
            throw e;
        }
    }

    /** The tokens of a request that was not answered come first; the rest of them is held back by those. */
    private List<UUID> tokens(int most) {
        List<UUID> tokens = new ArrayList<>(unanswered.subList(0, Math.min(most, unanswered.size())));
        while (tokens.size() < most) {
            tokens.add(UUID.randomUUID());
        }
        return tokens;
    }

    /** The answer to a request that is not waited for any more may be on its way: what it brings is not wanted. */
    private void giveBackAnswer(List<UUID> tokens) {
        try {
            asking.ask(tokens, Duration.ZERO).forEach(giveBack);
        } catch (RuntimeException away) {
            log.debug("nothing is given back: {}", away.toString());
        } catch (InterruptedException again) {
            log.debug("nothing is given back: the runner is in a hurry");
        }
    }
}
