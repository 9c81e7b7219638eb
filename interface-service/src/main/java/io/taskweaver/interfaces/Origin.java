package io.taskweaver.interfaces;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Position of a specification on its topic. A header of the contract contains it, so that after a restart a repeated
 * older specification is recognized.
 *
 * @param timestamp of the record, milliseconds since the epoch: distinguishes records of a recreated topic
 */
record Origin(int partition, long offset, long timestamp) {
    /** Name of the header. */
    static final String HEADER = "taskweaver-specified-at";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})/(\\d{1,18})/(-?\\d{1,18})");

    static Origin of(ConsumerRecord<?, ?> specification) {
        return new Origin(specification.partition(), specification.offset(), specification.timestamp());
    }

    /** The origin in the header of a contract's record. */
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
