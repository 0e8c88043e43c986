package ai.kubiya.server.knowledge.meaning;

import ai.kubiya.server.http.Json;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The model that turns a text into a vector, all-MiniLM-L6-v2 with numbers of eight bits, run by ONNX Runtime in this
 * process. Safe for all threads; each call takes one core.
 */
final class TextModel implements AutoCloseable {
    /** Of this model, in the database. */
    static final short NUMBER = 1;

    private static final String RESOURCE = "/all-minilm-l6-v2-q";
    private static final int LONGEST = 256;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final WordPieces pieces;
    /** What is closed while it runs takes the process with it. */
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

    private boolean closed;

    private TextModel(OrtSession session, WordPieces pieces) {
        this.session = session;
        this.pieces = pieces;
    }

    /** Takes a second. */
    static TextModel load() throws IOException, OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // Memory goes back after each text; an arena would keep what the longest one took.
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            OrtSession session = OrtEnvironment.getEnvironment().createSession(resource(RESOURCE + ".onnx"), options);
            return new TextModel(session, new WordPieces(vocabulary(), LONGEST));
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = TextModel.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the server was built without " + name);
            }
            return in.readAllBytes();
        }
    }

    private static Map<String, Integer> vocabulary() throws IOException {
        JsonNode tokenizer = Json.MAPPER.readTree(resource(RESOURCE + "-tokenizer.json"));
        Map<String, Integer> vocabulary = new HashMap<>();
        tokenizer
                .at("/model/vocab")
                .properties()
                .forEach(word -> vocabulary.put(word.getKey(), word.getValue().intValue()));
        return vocabulary;
    }

    MeaningVector vector(String text) {
        long[] numbers = pieces.of(text);
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the server is stopping");
            }
            return run(numbers);
        } finally {
            use.readLock().unlock();
        }
    }

    private MeaningVector run(long[] numbers) {
        long[] ones = new long[numbers.length];
        Arrays.fill(ones, 1);
        long[] shape = {1, numbers.length};
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(numbers), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor types =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[numbers.length]), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            return MeaningVector.of(mean(((float[][][]) result.get(0).getValue())[0]));
        } catch (OrtException e) {
            throw new IllegalStateException("the embedding model failed", e);
        }
    }

    private static float[] mean(float[][] vectors) {
        float[] mean = new float[MeaningVector.DIMENSIONS];
        for (float[] vector : vectors) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += vector[i] / vectors.length;
            }
        }
        return mean;
    }

    @Override
    public void close() throws OrtException {
        use.writeLock().lock();
        try {
            closed = true;
            session.close();
        } finally {
            use.writeLock().unlock();
        }
    }
}
