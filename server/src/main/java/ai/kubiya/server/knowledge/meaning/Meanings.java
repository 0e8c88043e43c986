package ai.kubiya.server.knowledge.meaning;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes vectors of texts; loads the model for the first of them. A server without it finds texts by their words alone. */
public final class Meanings implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Meanings.class);
    private static final int REMEMBERED = 500;

    private final ReentrantLock loading = new ReentrantLock();
    private final Map<String, MeaningVector> questions = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, MeaningVector> eldest) {
            return size() > REMEMBERED;
        }
    };
    private @Nullable TextModel model;
    private volatile boolean on;

    /** @param on whether there are to be any vectors at all */
    public Meanings(boolean on) {
        this.on = on;
    }

    public boolean isOn() {
        return on;
    }

    /** Empty when there is no model. */
    Optional<MeaningVector> of(String text) {
        return model().map(loaded -> loaded.vector(text));
    }

    /** As {@link #of} for what people ask, again and again and page by page. */
    Optional<MeaningVector> ofQuestion(String text) {
        synchronized (questions) {
            MeaningVector known = questions.get(text);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<MeaningVector> vector = of(text);
        synchronized (questions) {
            vector.ifPresent(made -> questions.put(text, made));
        }
        return vector;
    }

    private Optional<TextModel> model() {
        if (!on) {
            return Optional.empty();
        }
        loading.lock();
        try {
            if (model == null && on) {
                long start = System.nanoTime();
                model = TextModel.load();
                log.info("the embedding model was loaded in {} ms", (System.nanoTime() - start) / 1_000_000);
            }
            return Optional.ofNullable(model);
        } catch (IOException | OrtException | LinkageError | RuntimeException e) {
            on = false;
            log.warn("there is no embedding model here: knowledge is found by its words alone", e);
            return Optional.empty();
        } finally {
            loading.unlock();
        }
    }

    @Override
    public void close() throws OrtException {
        loading.lock();
        try {
            on = false;
            if (model != null) {
                model.close();
                model = null;
            }
        } finally {
            loading.unlock();
        }
    }
}
