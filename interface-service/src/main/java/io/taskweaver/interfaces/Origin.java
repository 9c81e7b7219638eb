package io.taskweaver.interfaces;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Where a specification stands on its topic. The contract that answers it carries this in a header, so that after a
 * restart an older specification that comes again is known to be older.
 *
 * @param timestamp of the record, milliseconds since the epoch: tells apart records of a topic that was made anew
 */
record Origin(int partition, long offset, long timestamp) {
    /** Name of the header. */
    static final String HEADER = "taskweaver-specified-at";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})/(\\d{1,18})/(-?\\d{1,18})");

    static Origin of(ConsumerRecord<?, ?> specification) {
        return new Origin(specification.partition(), specification.offset(), specification.timestamp());
    }

    /** The one that a contract's record names. */
    static Optional<Origin> in(Headers headers) {
        var header = headers.lastHeader(HEADER);
        return header == null ? Optional.empty() : parse(new String(header.value(), StandardCharsets.UTF_8));
    }

    static Optional<Origin> parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) return Optional.empty();
        return Optional.of(new Origin(
                Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3))));
    }

    boolean isBefore(Origin other) {
        return partition == other.partition && offset < other.offset && timestamp <= other.timestamp;
    }

    @Override
    public String toString() {
        return partition + "/" + offset + "/" + timestamp;
    }
}
