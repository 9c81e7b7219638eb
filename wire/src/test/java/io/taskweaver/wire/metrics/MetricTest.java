package io.taskweaver.wire.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricTest {
    private static final Path PROJECT = Path.of("..");
    private static final Path DOCS = PROJECT.resolve("docs/metrics.md");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void a_gauge_reads_its_value_after_a_collection_of_garbage() {
        Metric.EXECUTOR_SLOTS_USED.gauge(registry, counting(7));
        collectGarbage();
        assertThat(registry.get("taskweaver.executor.slots.used").gauge().value())
                .isEqualTo(7);
    }

    @Test
    void names_follow_the_conventions_of_prometheus() {
        assertThat(Metric.values())
                .extracting(Metric::prometheusName)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("taskweaver(_[a-z]+)+"));
        assertThat(Metric.DEAD_LETTERS.prometheusName()).isEqualTo("taskweaver_dead_letters_total");
        assertThat(Metric.QUEUE_TIME.prometheusName()).isEqualTo("taskweaver_queue_seconds");
    }

    @Test
    void values_are_given_for_exactly_the_tags_that_a_metric_has() {
        assertThatThrownBy(() -> Metric.EXECUTOR_TOKENS.counter(registry, "codegen"))
                .hasMessageContaining("[agent, direction]");
        assertThatThrownBy(() -> Metric.PLANS.counter(registry, "active")).hasMessageContaining("GAUGE");
    }

    @Test
    void every_service_registers_its_meters_here() throws IOException {
        try (var modules = Files.list(PROJECT)) {
            var own = modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(MetricTest::sources)
                    .filter(source -> !source.endsWith("Metric.java"))
                    .filter(source -> read(source).matches("(?s).*\\b(registry|meters)\\.(gauge|counter|timer)\\(.*"))
                    .toList();
            assertThat(own).isEmpty();
        }
    }

    /** Write it anew with {@code ./mvnw -pl wire -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=MetricTest -Dtaskweaver.docs=write}. */
    @Test
    void the_documentation_lists_the_metrics_as_they_are() throws IOException {
        var current = documentation();
        if ("write".equals(System.getProperty("taskweaver.docs"))) Files.writeString(DOCS, current);
        assertThat(Files.readString(DOCS)).isEqualTo(current);
    }

    private static String documentation() {
        return """
                # Metrics

                Generated from `io.taskweaver.wire.metrics.Metric`; a test fails when it is stale. Every service answers `GET /q/metrics` in the
                format of Prometheus, including those of the JVM and of the Kafka clients. A timer has three series: `..._count`,
                `..._sum` (seconds) and `..._max` (the maximum of the last minutes). Counters start at zero with the service; gauges of the
                planner are correct once its state is restored. Each planner reports the plans of its own partitions: sum them.

                | metric | kind | service | tags | meaning |
                |---|---|---|---|---|
                """ + Arrays.stream(Metric.values()).map(MetricTest::row).collect(Collectors.joining());
    }

    private static String row(Metric metric) {
        return "| `" + metric.prometheusName() + "` | " + metric.kind().name().toLowerCase(java.util.Locale.ROOT)
                + " | " + metric.service() + " | "
                + metric.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", ")) + " | "
                + metric.meaning() + " |\n";
    }

    private static Supplier<Number> counting(int value) {
        return new AtomicInteger(value)::get;
    }

    private static void collectGarbage() {
        var witness = new WeakReference<>(new Object());
        while (witness.get() != null) System.gc();
    }

    private static Stream<Path> sources(Path folder) {
        try (var walk = Files.walk(folder)) {
            return walk.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
