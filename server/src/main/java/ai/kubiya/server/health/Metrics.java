package ai.kubiya.server.health;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Counts and times, in the form that Prometheus reads. */
public final class Metrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** One answered request. The pattern, not the path, so that ids do not become labels. */
    public void request(String method, String pattern, int status, Duration took) {
        Timer.builder("http.server.requests")
                .tag("method", method)
                .tag("route", pattern)
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(took);
    }

    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /** Something that only grows. */
    public void counter(String name, String description, ToDoubleFunction<Metrics> value) {
        FunctionCounter.builder(name, this, value).description(description).register(registry);
    }

    String scrape() {
        return registry.scrape();
    }
}
