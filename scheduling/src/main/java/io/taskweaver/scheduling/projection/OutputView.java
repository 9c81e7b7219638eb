package io.taskweaver.scheduling.projection;

import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.OutputSource;
import io.taskweaver.model.event.PlanEvent.TaskOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the attempts of one plan printed, put together from its parts. They may come in any order and more than once. Of an
 * output that several executors read, since one went on with the work of another, the reading that came farthest counts.
 */
public final class OutputView {
    private static final Comparator<Reading> FARTHEST =
            Comparator.comparingLong(Reading::end).thenComparing(reading -> reading.since);

    private record Key(TaskId task, int attempt, OutputSource source) {}

    private record Reader(String executor, Instant since) {}

    private final Map<Key, Map<Reader, Reading>> outputs = new LinkedHashMap<>();

    /**
     * An output.
     *
     * @param executor who read it
     * @param since when it began
     * @param parts in their order; what is between them was left out
     * @param isWhole whether nothing follows
     */
    public record Output(
            TaskId task,
            int attempt,
            OutputSource source,
            String executor,
            Instant since,
            List<Part> parts,
            boolean isWhole) {
        public Output {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A part of an output.
     *
     * @param leftOut characters before it that were left out
     * @param text as it was printed, control characters included
     */
    public record Part(long leftOut, String text) {}

    private static final class Reading {
        private final Instant since;
        private final NavigableMap<Long, TaskOutput> parts = new TreeMap<>();
        private boolean isWhole;

        Reading(Instant since) {
            this.since = since;
        }

        /** The longer one of two parts that overlap is the end of the output, which is told once more as a whole. */
        void add(TaskOutput part) {
            isWhole |= part.last();
            if (part.text().isEmpty()) return;
            var overlapping = parts.headMap(part.end(), false).values().stream()
                    .filter(known -> known.end() > part.position())
                    .toList();
            int known =
                    overlapping.stream().mapToInt(each -> each.text().length()).sum();
            if (known >= part.text().length()) return;
            overlapping.forEach(each -> parts.remove(each.position()));
            parts.put(part.position(), part);
        }

        long end() {
            return parts.isEmpty() ? 0 : parts.lastEntry().getValue().end();
        }

        List<Part> inOrder() {
            var texts = new ArrayList<Part>();
            long position = 0;
            for (var part : parts.values()) {
                texts.add(new Part(part.position() - position, part.text()));
                position = part.end();
            }
            return texts;
        }
    }

    /** A part came. */
    public void on(TaskOutput part) {
        outputs.computeIfAbsent(new Key(part.task(), part.attempt(), part.source()), any -> new LinkedHashMap<>())
                .computeIfAbsent(new Reader(part.executor(), part.readSince()), any -> new Reading(part.readSince()))
                .add(part);
    }

    /** All outputs, by the time when they began. */
    public List<Output> outputs() {
        return outputs.entrySet().stream()
                .map(entry -> output(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Output::since)
                        .thenComparing(output -> output.task().value())
                        .thenComparing(Output::attempt)
                        .thenComparing(Output::source))
                .toList();
    }

    private static Output output(Key key, Map<Reader, Reading> readings) {
        var chosen = readings.entrySet().stream()
                .max(Map.Entry.comparingByValue(FARTHEST))
                .orElseThrow();
        return new Output(
                key.task(),
                key.attempt(),
                key.source(),
                chosen.getKey().executor(),
                chosen.getKey().since(),
                chosen.getValue().inOrder(),
                chosen.getValue().isWhole);
    }
}
