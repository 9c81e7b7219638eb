package io.taskweaver.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.context.EventReader.Decoded;
import io.taskweaver.topics.EventSerdes;
import io.taskweaver.topics.Topics;
import io.taskweaver.topics.testing.SingleObjectSerializer;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private static final String TOPIC = Topics.PLAN_CREATED.name();

    /** Fails as a deserializer does whose registry is away. */
    public static final class NoRegistry implements Deserializer<SpecificRecord> {
        @Override
        public SpecificRecord deserialize(String topic, byte[] bytes) {
            throw new IllegalStateException(new ConnectException("refused"));
        }
    }

    @Test
    void an_event_is_decoded() {
        var settings = SingleObjectSerializer.settings();
        var event = new PlanEvents("p").created();
        var bytes = EventSerdes.serializer(settings).serialize(TOPIC, event);

        assertThat(new EventReader(settings).read(TOPIC, bytes)).isEqualTo(new Decoded.Event(event));
    }

    @Test
    void garbage_is_undecodable() {
        assertThat(new EventReader(SingleObjectSerializer.settings()).read(TOPIC, new byte[] {1}))
                .isInstanceOf(Decoded.Undecodable.class);
    }

    @Test
    void a_registry_that_is_away_is_no_fault_of_the_bytes() {
        var reader = new EventReader(Map.of(EventSerdes.DESERIALIZER, NoRegistry.class.getName()));

        assertThatThrownBy(() -> reader.read(TOPIC, new byte[] {1}))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("taskweaver.registry.url");
    }
}
