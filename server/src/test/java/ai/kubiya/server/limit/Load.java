package ai.kubiya.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/** Many requests at once. */
final class Load {
    private Load() {}

    /** Sends so many requests on so many threads; each is told its number. */
    static List<Answer> send(int requests, int threads, IntFunction<Answer> request) throws InterruptedException {
        List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger next = new AtomicInteger();
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(Thread.ofVirtual().start(() -> {
                try {
                    begin.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int n = next.getAndIncrement(); n < requests; n = next.getAndIncrement()) {
                    answers.add(request.apply(n));
                }
            }));
        }
        begin.countDown();
        for (Thread thread : running) {
            thread.join();
        }
        assertThat(answers).hasSize(requests);
        return List.copyOf(answers);
    }

    /** So many were admitted, each told another number of what is left, and all others were refused. */
    static void assertExactly(int limit, List<Answer> answers) {
        List<Answer> admitted =
                answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(admitted)
                .extracting(answer ->
                        Long.parseLong(answer.header("X-RateLimit-Remaining").orElseThrow()))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, limit).boxed().toList());
        assertThat(answers.stream().filter(answer -> answer.status() == 429)).hasSize(answers.size() - limit);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 429)
                .allMatch(answer -> answer.header("Retry-After").isPresent());
    }
}
